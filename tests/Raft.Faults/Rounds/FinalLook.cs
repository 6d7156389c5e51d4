using System.Net.Http.Json;
using System.Text.Json;
using Raft.Faults.Checks;
using Raft.Faults.Cluster;
using Raft.Faults.Load;
using Raft.Simulation.Histories;

namespace Raft.Faults.Rounds;

/// <summary>Reads everything that a round wrote, while no client writes, and checks the history with these reads.</summary>
/// <param name="http">Sends requests to the nodes.</param>
internal sealed class FinalLook(HttpClient http)
{
    private const int Attempts = 5;

    private readonly KeyValueHttp _calls = new(http);
    private readonly HistoryCheck _check = new();

    /// <summary>Reads through some nodes, and checks.</summary>
    /// <exception cref="TimeoutException">A node did not answer.</exception>
    public async Task CheckAsync(Round round, IEnumerable<int> nodes)
    {
        await Task.WhenAll(nodes.Select(node => Task.WhenAll(ReadAsync(round, node), ListAsync(round, node))));
        round.Verdict = _check.Check(round.Recorder.Operations);
    }

    private async Task ReadAsync(Round round, int node)
    {
        var keys = round.Recorder.Operations.Select(operation => operation.Input.Key).Distinct().ToArray();
        foreach (var key in keys)
        {
            foreach (var consistency in new[] { "linearizable", "follower" })
            {
                var caller = $"{HistoryCheck.FinalReader} ({consistency}) via {FaultCluster.NameOf(node)}";
                var begun = round.Recorder.Begin();
                var result = await TryAsync(node, new GetInput(key), consistency);
                round.Recorder.End(caller, new GetInput(key), begun, result);
            }
        }
    }

    private async Task<CallResult> TryAsync(int node, GetInput input, string consistency)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var result = await _calls.SendAsync(FaultCluster.UrlOf(node), input, consistency);
            if (result.Fate == Fate.Answered) return result;
        }

        throw new TimeoutException($"{FaultCluster.NameOf(node)} did not answer a final read of {input.Key}.");
    }

    private async Task ListAsync(Round round, int node)
    {
        var there = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(node, $"prefix={round.Keys.KeptPrefix}{(cursor is null ? "" : $"&cursor={cursor}")}");
            there.UnionWith(page.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("key").GetString()!));
            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);

        lock (round.MissingKeys) round.MissingKeys.UnionWith(round.Recorder.KeptKeys.Except(there));
    }

    private async Task<JsonElement> PageAsync(int node, string query)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return await http.GetFromJsonAsync<JsonElement>($"{FaultCluster.UrlOf(node)}/api/kv?{query}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Retried: reading does no harm.
            }
        }

        throw new TimeoutException($"{FaultCluster.NameOf(node)} did not list the keys of {query}.");
    }
}

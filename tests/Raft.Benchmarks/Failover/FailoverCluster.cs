using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Tests.Processes;

namespace Raft.Benchmarks.Failover;

/// <summary>Three <c>raft node</c> processes on loopback. Disposal kills them.</summary>
/// <param name="http">Sends requests to the nodes.</param>
/// <param name="data">Folder of the journals.</param>
/// <param name="timing">Variables that override the program's defaults.</param>
internal sealed class FailoverCluster(HttpClient http, string data, IReadOnlyDictionary<string, string> timing) : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly int _firstPort = RaftProcess.FreePorts(2 * Count);
    private readonly RaftProcess?[] _nodes = new RaftProcess?[Count];

    /// <summary>The addresses of the nodes' HTTP servers.</summary>
    public IReadOnlyList<string> Urls => [.. Enumerable.Range(0, Count).Select(i => $"http://127.0.0.1:{_firstPort + i}")];

    /// <summary>Starts all nodes.</summary>
    public Task StartAsync() => Task.WhenAll(Enumerable.Range(0, Count).Select(StartAsync));

    /// <summary>Starts a node, which may have been killed before.</summary>
    public async Task StartAsync(int node) =>
        _nodes[node] = await RaftProcess.StartAsync("listens on", ["node"], new(timing)
        {
            ["RAFT_NODE_ID"] = $"n{node + 1}",
            ["RAFT_DATA"] = Path.Combine(data, $"n{node + 1}"),
            ["RAFT_HTTP"] = $"127.0.0.1:{_firstPort + node}",
            ["RAFT_MEMBERS"] = string.Join(',', Enumerable.Range(0, Count).Select(
                i => $"n{i + 1}=127.0.0.1:{_firstPort + Count + i}")),
        });

    /// <summary>Kills a node with SIGKILL, and returns when its process has ended.</summary>
    public async Task KillAsync(int node)
    {
        if (_nodes[node] is not { } process) return;
        _nodes[node] = null;
        await process.DisposeAsync();
    }

    /// <summary>Waits until all nodes follow one leader and have applied all that it committed.</summary>
    /// <exception cref="TimeoutException">The nodes did not get there in time.</exception>
    public async Task<(int Leader, long Term)> SettledAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var nodes = await Task.WhenAll(Urls.Select(url => StatusAsync(url, patience.Token)));
                var leader = Array.FindIndex(nodes, n => n is { IsLeader: true });
                if (leader >= 0 && nodes.All(n => n is not null && n.Term == nodes[leader]!.Term && n.Leader == leader
                    && n.Applied >= nodes[leader]!.Committed && n.Applied > 0))
                    return (leader, nodes[leader]!.Term);
                await Task.Delay(PollInterval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The nodes did not settle within {Patience.TotalSeconds} s. The last lines of each:\n"
                + string.Join('\n', _nodes.Select(n => n is null ? "(down)" : LastLines(n.Output))));
        }
    }

    /// <summary>Returns a node's own status; null if it does not answer.</summary>
    public async Task<NodeView?> StatusAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync($"{url}/api/status", cancellationToken);
            if (!answer.IsSuccessStatusCode) return null;
            return NodeView.Of(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Ends all nodes.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(Enumerable.Range(0, Count).Select(KillAsync));

    private static string LastLines(string output) => string.Join('\n', output.TrimEnd().Split('\n').TakeLast(5));
}

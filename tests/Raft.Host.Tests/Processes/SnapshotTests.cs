using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>
/// Snapshots of real processes: the journal shrinks, SIGKILL loses nothing, and a node that was down for long catches up.
/// </summary>
[Collection(nameof(ProcessTests))]
public sealed class SnapshotTests : IDisposable
{
    private const int Keys = 8;
    private const int Writes = 96;
    private const int ValueBytes = 200_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http = new() { Timeout = Patience };

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// The leader has dropped these entries, so the node that was down can't receive them as entries.
    /// </summary>
    [Fact]
    public async Task A_snapshot_takes_the_place_of_many_writes_on_disk_and_for_a_node_that_was_down()
    {
        using var data = new TempFolder();
        await using var cluster = await NodeProcesses.StartAsync(data);
        await cluster.KillAsync(2);
        for (var write = 0; write < Writes; write++) await PutAsync(cluster.Urls[write % 2], write);
        var before = Bytes(data, "n1");

        foreach (var url in cluster.Urls.Take(2))
        {
            var snapshot = await RaftProcess.RunAsync(["snapshot", "--node", url]);
            Assert.True(snapshot.ExitCode == 0, snapshot.Output);
            Assert.Contains("has a snapshot up to index", snapshot.Output, StringComparison.Ordinal);
        }

        await AwaitAsync(() => Task.FromResult(Bytes(data, "n1") < before * 2 / 3));
        await cluster.KillAsync(0);
        await cluster.KillAsync(1);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => cluster.StartAsync(i)));

        foreach (var url in cluster.Urls) await AwaitAsync(() => HasAllAsync(url));
        Assert.True(await NumberAsync($"{cluster.Urls[2]}/api/status", "snapshotIndex") > 1);
        Assert.True(await NumberAsync($"{cluster.Urls[2]}/api/log", "firstIndex") > 1);
    }

    private async Task PutAsync(string url, int write)
    {
        using var answer = await _http.PutAsync($"{url}/api/kv/k{write % Keys}", new StringContent(Value(write)));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Returns whether the node's own state has the last value of every key.</summary>
    private async Task<bool> HasAllAsync(string url)
    {
        for (var key = 0; key < Keys; key++)
        {
            using var answer = await _http.GetAsync($"{url}/api/kv/k{key}?consistency=follower");
            if (!answer.IsSuccessStatusCode) return false;
            Assert.Equal(Value(Writes - Keys + key), await answer.Content.ReadAsStringAsync());
        }

        return true;
    }

    private async Task<long> NumberAsync(string url, string name) =>
        (await _http.GetFromJsonAsync<JsonElement>(url)).GetProperty(name).GetInt64();

    private static string Value(int write) => $"{write}".PadRight(ValueBytes, '.');

    /// <summary>Returns the size of the events in the node's journal, in bytes.</summary>
    private static long Bytes(TempFolder data, string node)
    {
        using var connection = new SqliteConnection(
            $"Data Source={System.IO.Path.Combine(data.File(node), "journal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT SUM(LENGTH(message)) FROM journal WHERE deleted = 0";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task AwaitAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition()) await Task.Delay(50, patience.Token);
    }
}

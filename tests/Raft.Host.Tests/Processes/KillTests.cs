using System.Net.Http.Json;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace Raft.Host.Tests.Processes;

/// <summary>Acknowledged writes survive SIGKILL. Real processes, real files, random moments.</summary>
[Collection(nameof(ProcessTests))]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 10;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Every_acknowledged_write_is_there_after_all_nodes_are_killed_at_a_random_moment_and_started_again()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(3);
        string[] urls = [.. Enumerable.Range(port, 3).Select(p => $"http://localhost:{p}")];
        string[] args = ["dev", "--data", data.Path, "--port", $"{port}"];
        var writes = new RecordedWrites(_http, urls);

        for (var round = 0; round < Rounds; round++)
        {
            await using var raft = await RaftProcess.StartAsync("Press Ctrl-C", args);
            await writes.AssertAllThereAsync();
            await writes.WriteUntilAsync($"round-{round}", random.Next(1, 800), raft.KillAsync);
        }

        await using var last = await RaftProcess.StartAsync("Press Ctrl-C", args);
        await writes.AssertAllThereAsync();
        output.WriteLine($"{writes.Acknowledged} acknowledged writes in {Rounds} rounds");
    }

    [Fact]
    public async Task Two_of_three_nodes_go_on_without_the_killed_leader_and_it_catches_up_when_it_is_back()
    {
        using var data = new TempFolder();
        await using var cluster = await NodeProcesses.StartAsync(data);
        var writes = new RecordedWrites(_http, cluster.Urls);
        var leader = await LeaderAsync(cluster.Urls);

        await writes.WriteUntilAsync("before", 100, () => cluster.KillAsync(leader));
        var survivors = new RecordedWrites(_http, cluster.Urls.Where((_, i) => i != leader).ToArray());
        await survivors.WriteUntilAsync("without", 100, () => Task.CompletedTask);
        await cluster.StartAsync(leader);

        await writes.AssertAllThereAsync();
        await survivors.AssertAllThereAsync();
        var back = await RaftProcess.RunAsync(["kv", "put", "back", "yes", "--node", cluster.Urls[leader]]);
        Assert.True(back.ExitCode == 0, back.Output);
    }

    private async Task<int> LeaderAsync(IReadOnlyList<string> urls)
    {
        var status = await _http.GetFromJsonAsync<JsonElement>($"{urls[0]}/api/status");
        return int.Parse(status.GetProperty("leaderId").GetString()![1..], System.Globalization.CultureInfo.InvariantCulture) - 1;
    }
}

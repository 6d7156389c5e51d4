using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>More replicas on a shared folder than the cluster has members.</summary>
[Collection(nameof(ProcessTests))]
public sealed class OutsiderTests
{
    private const int Members = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_replica_that_waits_for_a_place_becomes_the_member_whose_process_is_gone()
    {
        using var data = new TempFolder();
        var ports = RaftProcess.FreePorts(2 * (Members + 1));
        var members = await Task.WhenAll(
            Enumerable.Range(0, Members).Select(i => StartAsync("started as follower", data, ports, i)));
        var marked = Enumerable.Range(1, Members).Select(i => WaitForAsync(
            () => Read(data.File($"n{i}/journal-state")).Contains("member of a cluster", StringComparison.Ordinal)));
        await Task.WhenAll(marked).WaitAsync(Patience);
        var waiting = StartAsync("This process becomes", data, ports, Members);
        await WaitForAsync(() => Read(data.File("n4/node-id")) == "n4\n").WaitAsync(Patience);

        await members[0].KillAsync();

        await using var outsider = await waiting;
        Assert.Contains("n4 belongs to no cluster, and no process runs", outsider.Output, StringComparison.Ordinal);
        await WaitForAsync(() => outsider.Output.Contains("started as follower in cluster", StringComparison.Ordinal))
            .WaitAsync(Patience);
        foreach (var member in members) await member.DisposeAsync();
    }

    private static Task<RaftProcess> StartAsync(string readyLine, TempFolder data, int ports, int number) =>
        RaftProcess.StartAsync(readyLine, ["node"], new()
        {
            ["RAFT_DATA"] = data.Path,
            ["RAFT_BOOTSTRAP_EXPECT"] = $"{Members}",
            ["RAFT_SEED_NODES"] = string.Join(',', Enumerable.Range(0, Members).Select(i => $"127.0.0.1:{ports + i}")),
            ["RAFT_REMOTE"] = $"127.0.0.1:{ports + number}",
            ["RAFT_HTTP"] = $"127.0.0.1:{ports + Members + 1 + number}",
        });

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(50));
    }

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "";
}

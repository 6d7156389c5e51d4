using System.Globalization;
using Raft.Actors.Clients;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Host.Commands;
using Raft.Host.Hooks;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Hooks;

/// <summary>Scripts that real nodes run: each appends a line to one file, such as <c>leader n1 term 3 leader n1</c>.</summary>
[Collection(nameof(ProcessTests))]
public sealed class RoleHooksTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    private string Log => _folder.File("log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_that_starts_leads_and_stops_says_so_in_order()
    {
        await using (var cluster = await StartAsync(nodes: 1))
        {
            await LinesAsync(lines => lines.Any(l => l.Role == "leader"));
        }

        var lines = await LinesAsync(_ => true);
        Assert.Equal(["follower", "leader", "follower"], lines.Select(l => l.Role));
        Assert.Equal(["", "n1", ""], lines.Select(l => l.Leader));
        Assert.Equal(lines[1].Term, lines[2].Term);
    }

    [Fact]
    public async Task A_script_and_what_it_started_end_with_a_node_that_is_killed()
    {
        var ports = RaftProcess.FreePorts(2);
        var script = HookScript.Write(_folder, "hook", "sleep 1000 & echo \"pids $$ $! \"; wait; sleep 1000");
        await using var node = await RaftProcess.StartAsync("RAFT_ON_LEADER: pids", ["node"], new()
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = _folder.File("n1"),
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{ports}",
            ["RAFT_HTTP"] = $"127.0.0.1:{ports + 1}",
            ["RAFT_ON_LEADER"] = script,
        });
        var line = node.Output.Split('\n').Single(l => l.Contains("RAFT_ON_LEADER: pids", StringComparison.Ordinal));
        var pids = line[(line.IndexOf("pids", StringComparison.Ordinal) + 5)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ended = pids.Select(HookScript.WaitForEndAsync).ToArray();

        await node.KillAsync();

        Assert.Equal(2, ended.Length);
        await Task.WhenAll(ended).WaitAsync(Patience);
    }

    [Fact]
    public async Task No_two_leaders_run_their_hook_for_one_term_and_a_leader_that_goes_ends_what_it_began()
    {
        await using var cluster = await StartAsync(nodes: 3);
        for (var change = 0; change < 4; change++)
        {
            var leader = await cluster.WaitForLeaderAsync(CancellationToken.None);
            await LinesAsync(lines => lines.Any(l => l.Role == "leader" && l.Node == leader.Self.Id.Value));
            // A leader that was just elected may refuse.
            await Record.ExceptionAsync(() => leader.Group.TransferLeadershipAsync(null, Patience));
        }

        var lines = await LinesAsync(lines => lines.Count(l => l.Role == "leader") >= 4);
        var led = lines.Where(l => l.Role == "leader").ToArray();
        Assert.Equal(led.Length, led.Select(l => l.Term).Distinct().Count());
        Assert.All(led, l => Assert.Equal(l.Node, l.Leader));
        foreach (var node in lines.GroupBy(l => l.Node))
        {
            Assert.Equal(node.Select(l => l.Term).Order(), node.Select(l => l.Term));
            var roles = node.Select(l => l.Role).ToArray();
            Assert.DoesNotContain(roles.Zip(roles.Skip(1)), pair => pair is ("leader", "leader"));
        }
    }

    [Fact]
    public async Task A_script_that_hangs_delays_neither_an_election_nor_a_write_and_ends_with_the_node()
    {
        int script;
        await using (var cluster = await StartAsync(nodes: 1, "echo hangs $$ 0 x >> $LOG; sleep 1000"))
        {
            var store = new KeyValueClient(cluster.Nodes[0].Client);
            var write = await store.PutAsync("colour", "red"u8.ToArray(), WriteCondition.None);
            Assert.Equal(WriteOutcome.Done, write.Outcome);
            script = int.Parse(Assert.Single(await LinesAsync(lines => lines.Length > 0)).Node, CultureInfo.InvariantCulture);
        }

        Assert.False(
            File.Exists($"/proc/{script}/cmdline") && (await File.ReadAllTextAsync($"/proc/{script}/cmdline")).Length > 0);
    }

    private async Task<LocalCluster> StartAsync(
        int nodes, string body = "echo \"$RAFT_ROLE $RAFT_NODE_ID $RAFT_TERM $RAFT_LEADER_ID\" >> $LOG")
    {
        var script = HookScript.Write(_folder, "hook", $"LOG={Log}\n{body}");
        var hooks = new RoleHookOptions { OnLeader = script, OnFollower = script };
        var cluster = await LocalCluster.StartAsync(
            [.. Enumerable.Range(1, nodes).Select(i => BenchNode.Options(_folder.Path, i) with { Hooks = hooks })]);
        await cluster.WaitForLeaderAsync(CancellationToken.None);
        return cluster;
    }

    private async Task<Line[]> LinesAsync(Predicate<Line[]> isComplete)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            Line[] lines = File.Exists(Log) ? [.. (await File.ReadAllLinesAsync(Log, timeout.Token)).Select(Read)] : [];
            if (isComplete(lines)) return lines;
            await Task.Delay(10, timeout.Token);
        }
    }

    private static Line Read(string text) =>
        text.Split(' ') is [var role, var node, var term, var leader]
            ? new Line(role, node, long.Parse(term, CultureInfo.InvariantCulture), leader)
            : throw new FormatException(text);

    private sealed record Line(string Role, string Node, long Term, string Leader);
}

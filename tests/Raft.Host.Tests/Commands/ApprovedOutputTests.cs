using Raft.Host.Client;
using Xunit;

namespace Raft.Host.Tests.Commands;

/// <summary>Every command against a live cluster: its text, its JSON, and its exit code.</summary>
public sealed class ApprovedOutputTests(CommandCluster cluster) : IClassFixture<CommandCluster>
{
    [Fact]
    public async Task Status() => await ExpectAsync(
        """
        n1 is leader in term N, and voted for n1
        cluster ID, group default, members n1, n2, n3
        log: last N of term N, on disk N, snapshot N
        committed N, applied N

        NODE ROLE TERM LEADER COMMIT APPLIED LAST ADDRESS
        n1 * leader N n1 N N N ADDRESS
        n2 follower N n1 N N N ADDRESS
        n3 follower N n1 N N N ADDRESS
        """,
        "status");

    [Fact]
    public async Task Members() => await ExpectAsync(
        """
        NODE MEMBER ROLE TERM BEHIND HEARD ADDRESS AKKA AKKA ROLES
        n1 * yes leader N N now ADDRESS up raft, raft-monitor
        n2 yes follower N N now ADDRESS up raft, raft-monitor
        n3 yes follower N N now ADDRESS up raft, raft-monitor
        """,
        "members");

    [Fact]
    public async Task Log() => await ExpectAsync(
        """
        INDEX TERM KIND BYTES STATE COMMAND
         N N no-op N applied
         N N open-session N applied
         N N command N applied put colour (N bytes)
        last N, committed N, applied N
        """,
        "log", "--from", "1", "--limit", "3");

    [Fact]
    public async Task Kv()
    {
        await ExpectAsync("fruit is set: revision N, index N, term N", "kv", "put", "fruit", "apple");
        await ExpectAsync("apple", "kv", "get", "fruit");
        await ExpectAsync(
            """
            KEY REVISION BYTES
            fruit N N
            """,
            "kv", "list", "--prefix", "fruit");
        await ExpectAsync("fruit is deleted: revision N, index N, term N", "kv", "delete", "fruit");
    }

    [Fact]
    public async Task Transfer()
    {
        await ExpectAsync("n1 transferred leadership to n2, which leads in term N", "transfer", "n2");
        await cluster.LeadAsync("n1");
    }

    [Fact]
    public async Task Snapshot() => await ExpectAsync("n1 has a snapshot up to index N, N bytes", "snapshot");

    [Fact]
    public async Task Actors() => await ExpectAsync(
        """
        ADDRESS
        ACTOR QUEUED TYPE
        /user/raft-default N RaftNodeSupervisor
        └─ node N RaftNode
         └─ state-machine N StateMachineActor
        N actors, N messages queued
        """,
        "actors", "--under", "/user/raft-default");

    [Fact]
    public async Task Actors_of_another_node_to_a_depth()
    {
        var run = await cluster.RunAsync("actors", "--of", "n3", "--under", "/user/raft-default", "--depth", "1");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("└─ node (+1)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("state-machine", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no actor at /user/nobody in ", "--under", "/user/nobody")]
    [InlineData("No address is known of a node n9. Known are n1, n2, n3.", "--of", "n9")]
    public async Task Actors_that_are_not_there(string why, string option, string value)
    {
        var run = await cluster.RunAsync("actors", option, value);

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"raft: {why}", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Findings on the machine's disk and network do not depend on the cluster.</summary>
    [Fact]
    public async Task Doctor()
    {
        var run = await cluster.RunAsync("doctor");

        Assert.Equal("", run.Error);
        var findings = Normalised.Text(run.Output).Split('\n');
        Assert.Equal("As seen from n1:", findings[0]);
        string[] expected =
        [
            "ok leader n1 is the leader in term N.",
            "ok members N of N members take part, N are needed, so N more may fail.",
            "ok replication The logs of all responding nodes are up to date: N entries.",
            "ok configuration All responding nodes have the same configuration.",
            "ok versions All responding nodes run VERSIONS.",
            "ok akka cluster All N processes of the Akka cluster are reachable.",
        ];
        Assert.All(expected, finding => Assert.Contains(finding, findings));
        Assert.Contains(findings, f => f.Contains(" disk ", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains(" clocks ", StringComparison.Ordinal));
    }

    /// <summary>The first node does not answer; the second one reports on all nodes.</summary>
    [Fact]
    public async Task Watch_once()
    {
        var run = await CommandLine.RunAsync([], ["watch", "--once", "--node", "127.0.0.1:1", "--node", cluster.Urls[1]]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        var lines = Normalised.Text(run.Output).Split('\n');
        Assert.Equal("raft group default cluster ID ADDRESS", lines[0]);
        Assert.StartsWith("n1 leads in term N", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            [
            "NODE ROLE TERM COMMIT APPLIED LAST BEHIND",
            "n1 * leader N N N N N",
            "n2 follower N N N N N",
            "n3 follower N N N N N",
        ],
            lines[3..7].Select(l => l.TrimEnd()));
    }

    [Theory]
    [InlineData(
        "{nodeId: string, clusterId: string, groupId: string, role: string, term: number, leaderId: string, commitIndex: number",
        "status")]
    [InlineData(
        "{seenFrom: string, leaderId: string, nodes: [{nodeId: string, member: bool, address: string, reachable: bool, "
        + "role: string, "
        + "term: number, lastLogIndex: number, behind: number, lastHeardMs: number, problem: null, akka: {address: string, "
        + "status: string, roles: [string], reachable: bool}}], others: []}",
        "members")]
    [InlineData(
        "{entries: [{index: number, term: number, kind: string, bytes: number, command: null, committed: bool, applied: bool}], "
        + "commitIndex: number, lastApplied: number, lastIndex: number",
        "log", "--from", "1")]
    [InlineData(
        "{system: string, actors: [{path: string, type: string, queued: number, children: number}], cut: bool}",
        "actors", "--under", "/user/raft-default")]
    [InlineData(
        "{seenFrom: string, severity: string, findings: [{severity: string, subject: string, nodeId: ", "doctor")]
    [InlineData("{key: string, revision: number, index: number, term: number}", "kv", "put", "json", "x")]
    [InlineData("{key: string, revision: number, value: string, consistency: string, index: number}", "kv", "get", "colour")]
    [InlineData("{keys: [{key: string, revision: number, bytes: number}], cursor: ", "kv", "list", "--limit", "1")]
    public async Task For_programs_there_is_JSON(string shape, params string[] args)
    {
        var run = await cluster.RunAsync([.. args, "--json"]);

        Assert.Equal("", run.Error);
        Assert.StartsWith(shape, Normalised.Json(run.Output), StringComparison.Ordinal);
    }

    private async Task ExpectAsync(string output, params string[] args)
    {
        var run = await cluster.RunAsync(args);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal(output.ReplaceLineEndings("\n"), Normalised.Text(run.Output));
    }
}

using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>Why a node is not ready, as in health checks.</summary>
public sealed class ReadinessTests
{
    private static readonly NodeId[] Members = [new("n1"), new("n2"), new("n3")];

    [Fact]
    public void A_node_that_follows_and_has_applied_what_is_committed_is_ready()
    {
        var status = Status("n2", commit: 12, applied: 12);

        Assert.True(Readiness.IsReady(status));
        Assert.Empty(Readiness.Reasons(status, views: []));
    }

    [Fact]
    public void Without_a_leader_it_says_who_is_missing_and_how_many_are_needed() =>
        Assert.Equal(
            [
                "n1 knows no leader in term 7.",
                "1 of 3 members take part, and 2 are needed: n2 does not answer, n3 is unavailable: its journal is damaged.",
            ],
            Readiness.Reasons(
                Status(leader: null, commit: 12, applied: 12), [ViewOf("n1", isUp: true), ViewOf("n2"), Down("n3")]));

    [Fact]
    public void Without_a_leader_and_with_everybody_there_an_election_is_under_way() =>
        Assert.Contains(
            "All 3 members answer: an election is under way.",
            Readiness.Reasons(
                Status(leader: null, commit: 12, applied: 12),
                [ViewOf("n1", isUp: true), ViewOf("n2", isUp: true), ViewOf("n3", isUp: true)]));

    [Fact]
    public void A_node_of_another_cluster_at_a_members_address_does_not_count() =>
        Assert.Contains(
            "1 of 3 members take part, and 2 are needed: the node at n2's address is of cluster b, n3 does not answer.",
            Readiness.Reasons(
                Status(leader: null, commit: 12, applied: 12),
                [ViewOf("n1", isUp: true), ViewOf("n2", isUp: true, cluster: "b"), ViewOf("n3")]));

    [Fact]
    public void A_node_that_is_behind_says_how_far() =>
        Assert.Equal(
            ["n1 is 49500 entries behind: it has applied 500 of 50000."],
            Readiness.Reasons(Status("n2", commit: 50_000, applied: 500), views: []));

    [Fact]
    public void All_reasons_are_named_together() =>
        Assert.Equal(
            [
                "n1 knows no leader in term 7.",
                "1 of 3 members take part, and 2 are needed: n2 does not answer, n3 does not answer.",
                "n1 has not applied any entry yet; its log has 60000.",
                "Its disk has not written entries 59001 to 60000 yet.",
            ],
            Readiness.Reasons(Status(leader: null, commit: 0, applied: 0, durable: 59_000), views: []));

    private static NodeStatus Status(string? leader, long commit, long applied, long durable = 60_000) => new(
        Members[0],
        new ClusterId("c"),
        new GroupId("default"),
        RaftRole.Follower,
        new Term(7),
        VotedFor: null,
        leader is null ? null : new NodeId(leader),
        new LogIndex(commit),
        new LogIndex(applied),
        LastLogIndex: new LogIndex(60_000),
        LastLogTerm: new Term(7),
        SnapshotIndex: LogIndex.Zero,
        new LogIndex(durable),
        [.. Members.Select(m => new MemberStatus(m, "host:4053"))],
        FirstLogIndex: new LogIndex(1));

    private static NodeView ViewOf(string node, bool isUp = false, string cluster = "c") => new(
        new MemberStatus(new NodeId(node), "host:4053"),
        isUp ? Status("n2", 1, 1) with { ClusterId = new ClusterId(cluster) } : null,
        Down: null);

    private static NodeView Down(string node) => new(
        new MemberStatus(new NodeId(node), "host:4053"),
        Status: null,
        new NodeDown(new NodeId(node), "its journal is damaged.", IsHalted: true));
}

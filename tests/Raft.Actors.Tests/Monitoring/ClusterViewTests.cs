using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>The leader according to the nodes' answers (Raft §5.2).</summary>
public sealed class ClusterViewTests
{
    [Fact]
    public void A_leader_is_believed_when_a_majority_is_in_no_newer_term()
    {
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3)]));
        Assert.Equal("n1", Leader([Leads("n1", 3), Follows("n2", 3)]));
        Assert.Equal("n1", Leader([Follows("n2", 2), Leads("n1", 3)]));
    }

    [Fact]
    public void A_leader_that_does_not_know_of_a_newer_term_is_not_believed()
    {
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3), Follows("n2", 4)]));
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3), Follows("n2", 4), Follows("n3", 4)]));
    }

    [Fact]
    public void Of_two_that_say_they_lead_the_newer_one_does()
    {
        Assert.Equal("n2", Leader([Leads("n1", 3), Leads("n2", 4)]));
    }

    [Fact]
    public void Nodes_that_are_no_members_make_no_majority()
    {
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3), Follows("n4", 3), Follows("n5", 3)]));
    }

    [Fact]
    public void Nodes_that_are_silent_or_take_no_part_make_no_majority()
    {
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3), Silent("n2"), Waits("n3")]));
    }

    [Fact]
    public void Without_a_leader_each_node_is_described_by_name()
    {
        Assert.Equal(
            "No node leads: n1 claims to lead term 3, but no majority confirms it; n2 does not answer; "
            + "n3 is unavailable: it waits for others; n4 is follower in term 2.",
            ClusterView.DescribeMissingLeader([Follows("n4", 2), Waits("n3"), Leads("n1", 3), Silent("n2")]));
    }

    [Fact]
    public void Where_no_node_is_known_that_is_said()
    {
        Assert.StartsWith("No node is known yet", ClusterView.DescribeMissingLeader([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_of_another_cluster_make_no_majority_and_hide_no_leader()
    {
        Assert.Null(ClusterView.FindLeader([Leads("n1", 3), Follows("n2", 3, "b"), Silent("n3")]));
        Assert.Equal("n1", Leader([Leads("n1", 3), Follows("n2", 3), Leads("n3", 9, "b")]));
    }

    [Fact]
    public void Of_two_clusters_that_both_have_a_leader_neither_is_certain_unless_one_is_named()
    {
        NodeView[] views = [Leads("n1", 3), Follows("n2", 3), Leads("n3", 9, "b"), Follows("n2", 9, "b")];
        Assert.Null(ClusterView.FindLeader(views));
        Assert.Equal("n1", ClusterView.FindLeader(views, new ClusterId("c"))?.NodeId.Value);
    }

    [Fact]
    public void The_cluster_is_the_own_nodes_else_the_leaders_else_that_of_most()
    {
        NodeView[] views = [Leads("n1", 3), Follows("n2", 3), Leads("n3", 9, "b")];
        Assert.Equal(new ClusterId("b"), ClusterView.FindCluster(views, new NodeId("n3")));
        Assert.Equal(new ClusterId("c"), ClusterView.FindCluster(views, self: null));
        Assert.Equal(
            new ClusterId("c"), ClusterView.FindCluster([Follows("n1", 3), Follows("n2", 3), Leads("n3", 9, "b")], self: null));
        Assert.Null(ClusterView.FindCluster([Silent("n1")], new NodeId("n1")));
    }

    private static string? Leader(IReadOnlyCollection<NodeView> views) => ClusterView.FindLeader(views)?.NodeId.Value;

    private static NodeView Leads(string node, long term, string cluster = "c") => ViewOf(node, term, RaftRole.Leader, cluster);

    private static NodeView Follows(string node, long term, string cluster = "c") =>
        ViewOf(node, term, RaftRole.Follower, cluster);

    private static NodeView Silent(string node) => new(At(node), Status: null, Down: null);

    private static NodeView Waits(string node) =>
        Silent(node) with { Down = new NodeDown(new NodeId(node), "it waits for others.", IsHalted: false) };

    private static NodeView ViewOf(string node, long term, RaftRole role, string cluster) => Silent(node) with
    {
        Status = new NodeStatus(
            new NodeId(node),
            new ClusterId(cluster),
            new GroupId("default"),
            role,
            new Term(term),
            VotedFor: null,
            LeaderId: null,
            LogIndex.Zero, LogIndex.Zero, LogIndex.Zero, Term.Zero, LogIndex.Zero, LogIndex.Zero, [At("n1"), At("n2"), At("n3")],
            new LogIndex(1)),
    };

    private static MemberStatus At(string node) => new(new NodeId(node), $"{node}:4053");
}

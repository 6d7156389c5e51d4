using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>Views of the nodes of a group of three.</summary>
internal static class MonitoringViews
{
    public static readonly GroupId Group = new("orders");
    public static readonly NodeId N1 = new("n1");
    public static readonly NodeId N2 = new("n2");
    public static readonly NodeId N3 = new("n3");
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static NodeStatus Leads(NodeId node, long term, long commit = 0) => Status(node, RaftRole.Leader, term, node, commit);

    public static NodeStatus Campaigns(NodeId node, long term) => Status(node, RaftRole.Candidate, term, leader: null);

    public static NodeStatus Follows(NodeId node, long term, NodeId? leader, long commit = 0) =>
        Status(node, RaftRole.Follower, term, leader, commit);

    public static NodeView ViewOf(NodeStatus status) => new(At(status.NodeId), status, Down: null);

    public static NodeView Silent(NodeId node) => new(At(node), Status: null, Down: null);

    public static NodeView Down(NodeId node, string why, bool isHalted = false) =>
        new(At(node), Status: null, new NodeDown(node, why, isHalted));

    public static MemberStatus At(NodeId node) => new(node, $"{node}:4053");

    private static NodeStatus Status(NodeId node, RaftRole role, long term, NodeId? leader, long commit = 0) => new(
        node, new ClusterId("c"), Group, role, new Term(term), VotedFor: null, leader, new LogIndex(commit), LogIndex.Zero,
        LogIndex.Zero, Term.Zero, LogIndex.Zero, LogIndex.Zero, [At(N1), At(N2), At(N3)], new LogIndex(1));
}

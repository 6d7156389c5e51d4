using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Answers;

/// <summary>Combines what nodes report about themselves with what Akka.Cluster knows about their processes.</summary>
internal static class MembersView
{
    /// <summary>Lists all members, other nodes, and other processes of the Akka cluster.</summary>
    /// <param name="seenFrom">The node that responds; null for a gateway.</param>
    /// <param name="seen">The nodes with a known address.</param>
    /// <param name="akka">The processes of the Akka cluster.</param>
    public static MembersAnswer Of(NodeId? seenFrom, IReadOnlyList<NodeView> seen, IReadOnlyList<AkkaMember> akka)
    {
        var cluster = ClusterView.FindCluster(seen, seenFrom);
        seen = [.. seen.Select(s => Of(s, cluster))];
        var leader = ClusterView.FindLeader(seen);
        var members = MembersOf(seen, cluster);
        var names = members
            .Concat(seen.Select(s => s.Node.NodeId))
            .Concat(akka.Select(a => a.NodeId).OfType<NodeId>())
            .Distinct().OrderBy(n => n.Value, StringComparer.Ordinal);
        return new MembersAnswer(
            seenFrom?.Value,
            leader?.NodeId.Value,
            [
                .. names.Select(name => Describe(
                    name, members.Contains(name), seen.FirstOrDefault(s => s.Node.NodeId == name), LastOf(akka, name), leader)),
            ],
            [.. akka.Where(a => a.NodeId is null).Select(Describe)]);
    }

    /// <summary>Returns the members as the most up-to-date node of the cluster reports them.</summary>
    public static IReadOnlyList<NodeId> MembersOf(IReadOnlyList<NodeView> seen, ClusterId? cluster) => seen
        .Select(s => s.Status).OfType<NodeStatus>().Where(s => s.ClusterId == cluster)
        .OrderByDescending(s => s.Term).ThenByDescending(s => s.CommitIndex).FirstOrDefault() is { } status
        ? [.. status.Members.Select(m => m.NodeId)]
        : [];

    /// <summary>If a node of another cluster responds in a member's place, the address of the member is unknown.</summary>
    private static NodeView Of(NodeView seen, ClusterId? cluster) =>
        seen.Status is { } status && status.ClusterId != cluster
            ? new NodeView(
                seen.Node with { Address = "" },
                Status: null,
                new NodeDown(
                    seen.Node.NodeId,
                    $"the process at its last known address belongs to cluster {status.ClusterId}, not to cluster {cluster}",
                    IsHalted: false))
            : seen;

    private static MemberViewAnswer Describe(
        NodeId name, bool isMember, NodeView? seen, AkkaMember? akka, NodeStatus? leader)
    {
        var status = seen?.Status is { } own ? StatusAnswer.Of(own) : null;
        return new MemberViewAnswer(
            name.Value,
            isMember,
            seen is { Node.Address.Length: > 0 } ? seen.Node.Address : akka?.Address,
            seen?.IsReachable ?? false,
            status?.Role,
            status?.Term,
            status?.LastLogIndex,
            leader is not null && status is not null ? Math.Max(0, leader.LastLogIndex.Value - status.LastLogIndex) : null,
            seen?.LastHeard is { } ago ? (long)ago.TotalMilliseconds : null,
            seen?.Down?.Reason,
            akka is null ? null : Describe(akka));
    }

    /// <summary>A node that has moved is listed twice for a while; the reachable one is current.</summary>
    private static AkkaMember? LastOf(IReadOnlyList<AkkaMember> akka, NodeId name) =>
        akka.Where(a => a.NodeId == name).OrderBy(a => a.IsReachable).LastOrDefault();

    private static AkkaMemberAnswer Describe(AkkaMember member) =>
        new(member.Address, member.Status, member.Roles, member.IsReachable);
}

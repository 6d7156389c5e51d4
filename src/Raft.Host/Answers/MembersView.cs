using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Host.Doctor;

namespace Raft.Host.Answers;

/// <summary>Puts together what nodes say of themselves and what Akka says of their processes.</summary>
internal static class MembersView
{
    /// <summary>Everybody who is a member, or says to be a node, or is in the Akka cluster.</summary>
    /// <param name="seenFrom">The node that looks; null where it is a gateway.</param>
    /// <param name="seen">The nodes that have an address.</param>
    /// <param name="akka">The Akka cluster.</param>
    public static MembersAnswer Of(NodeId? seenFrom, IReadOnlyList<NodeView> seen, IReadOnlyList<AkkaMember> akka)
    {
        var cluster = ClusterView.Cluster(seen, seenFrom);
        seen = [.. seen.Select(s => Of(s, cluster))];
        var leader = ClusterView.Leader(seen);
        var members = ClusterFacts.MembersOf(seen, cluster);
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

    /// <summary>Where another cluster's node answers in a member's place, nobody knows where the member is.</summary>
    private static NodeView Of(NodeView seen, ClusterId? cluster) =>
        seen.Status is { } status && status.ClusterId != cluster
            ? new NodeView(
                seen.Node with { Address = "" },
                Status: null,
                new NodeDown(
                    seen.Node.NodeId,
                    $"the process at its last known address is of cluster {status.ClusterId}, and this is cluster {cluster}",
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

    /// <summary>A node that has moved is there twice for a while; the one that is reachable is where it is now.</summary>
    private static AkkaMember? LastOf(IReadOnlyList<AkkaMember> akka, NodeId name) =>
        akka.Where(a => a.NodeId == name).OrderBy(a => a.IsReachable).LastOrDefault();

    private static AkkaMemberAnswer Describe(AkkaMember member) =>
        new(member.Address, member.Status, member.Roles, member.IsReachable);
}

using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Answers;

/// <summary>A process of the Akka cluster, as this process sees it.</summary>
/// <param name="Address">The <c>host:port</c> on which its Akka.Remote listens.</param>
/// <param name="NodeId">The Raft node that it runs; null if it runs none.</param>
/// <param name="Status">Its status in the Akka cluster, such as <c>up</c>.</param>
/// <param name="Roles">Its roles, except the one that names the node.</param>
/// <param name="IsReachable">Whether this process receives its heartbeats.</param>
internal sealed record AkkaMember(
    string Address, NodeId? NodeId, string Status, IReadOnlyList<string> Roles, bool IsReachable);

/// <summary>
/// The Akka cluster as this process sees it. It provides addresses; it does not decide who is a member of the Raft group.
/// </summary>
internal static class AkkaView
{
    /// <summary>Returns the processes of the Akka cluster by address; none if this process is in no Akka cluster.</summary>
    public static IReadOnlyList<AkkaMember> Of(ActorSystem system)
    {
        if (((ExtendedActorSystem)system).Provider is not ClusterActorRefProvider) return [];
        var state = Cluster.Get(system).State;
        return
        [
            .. state.Members
                .Select(m => Describe(m, isReachable: !state.Unreachable.Contains(m)))
                .OrderBy(m => m.Address, StringComparer.Ordinal),
        ];
    }

    private static AkkaMember Describe(Member member, bool isReachable)
    {
        var node = ClusterDirectory.NodeOf(member);
        var told = node is { } name ? ClusterDirectory.RoleOf(name) : null;
        return new AkkaMember(
            $"{member.Address.Host}:{member.Address.Port}",
            node,
            member.Status.ToString().ToLowerInvariant(),
            [.. member.Roles.Where(r => r != told).Order(StringComparer.Ordinal)],
            isReachable);
    }
}

using Akka.Actor;
using Akka.Cluster;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>A process in the Akka cluster, as it is seen from here.</summary>
/// <param name="Address">Where its Akka.Remote listens, as <c>host:port</c>.</param>
/// <param name="NodeId">Which Raft node it says it is; null where it is none.</param>
/// <param name="Status">What Akka says of it, such as <c>up</c>.</param>
/// <param name="Roles">Its roles, without the one that tells the node.</param>
/// <param name="IsReachable">Whether its heartbeats come.</param>
internal sealed record AkkaMember(
    string Address, NodeId? NodeId, string Status, IReadOnlyList<string> Roles, bool IsReachable);

/// <summary>The Akka cluster as it is seen from here. It tells addresses, and not who is a member of the Raft group.</summary>
internal static class AkkaView
{
    /// <summary>Its members, by address; none where the process is in no Akka cluster.</summary>
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

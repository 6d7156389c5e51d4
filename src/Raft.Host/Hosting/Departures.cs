using Akka.Actor;
using Raft.Actors.Protocol;
using MemberStatus = Akka.Cluster.MemberStatus;

namespace Raft.Host.Hosting;

/// <summary>A member of the Akka cluster as <see cref="Departures"/> sees it.</summary>
/// <param name="Address">Where it is reached.</param>
/// <param name="Node">Which Raft node it is; null where it is none, such as a lighthouse.</param>
/// <param name="Status">Its status.</param>
/// <param name="Silence">For how long it has been unreachable; null where it is reachable.</param>
internal sealed record AkkaMember(Address Address, NodeId? Node, MemberStatus Status, TimeSpan? Silence);

/// <summary>
/// Decides which unreachable members of the Akka cluster are gone for good. That a Raft node is silent says nothing: it comes
/// back when the network does.
/// </summary>
internal static class Departures
{
    /// <summary>How long a process that is no Raft node may be unreachable. Should it live, it joins again by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Who is gone: who said so, who has a successor of the same name, or who is no Raft node and long silent.</summary>
    /// <param name="members">All members, the oldest first.</param>
    public static IEnumerable<AkkaMember> Find(IReadOnlyList<AkkaMember> members) =>
        members.Where((member, age) => member.Silence is { } silence && member.Status switch
        {
            MemberStatus.Down => false,
            MemberStatus.Leaving or MemberStatus.Exiting => true,
            _ when member.Node is not null => members.Skip(age + 1).Any(younger => younger.Node == member.Node),
            _ => silence >= Patience,
        });

    /// <summary>Raft nodes that are reachable under two addresses: two processes with one name.</summary>
    /// <param name="members">All members, the oldest first.</param>
    public static IEnumerable<(NodeId Node, Address Older, Address Younger)> Twins(IEnumerable<AkkaMember> members) =>
        from member in members
        where member.Silence is null && member.Node is not null
        group member.Address by member.Node!.Value into addresses
        where addresses.Count() > 1
        select (addresses.Key, addresses.First(), addresses.Last());
}

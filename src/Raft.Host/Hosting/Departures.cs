using Akka.Actor;
using Raft.Actors.Protocol;
using MemberStatus = Akka.Cluster.MemberStatus;

namespace Raft.Host.Hosting;

/// <summary>A process of the Akka cluster, as <see cref="Departures"/> sees it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Node">The Raft node that it runs; null if it runs none, such as a lighthouse.</param>
/// <param name="Status">Its status in the Akka cluster.</param>
/// <param name="Silence">How long it has been unreachable; null if it is reachable.</param>
internal sealed record AkkaMember(Address Address, NodeId? Node, MemberStatus Status, TimeSpan? Silence);

/// <summary>
/// Decides which unreachable processes of the Akka cluster are gone for good. The silence of a Raft node proves nothing: it
/// returns when the network does.
/// </summary>
internal static class Departures
{
    /// <summary>
    /// How long a process without a Raft node may be unreachable. If it is alive after all, it rejoins by itself.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Returns the processes that are gone: they left, have a successor of the same name, or run no Raft node and were silent for
    /// long.
    /// </summary>
    /// <param name="members">All processes, oldest first.</param>
    public static IEnumerable<AkkaMember> Find(IReadOnlyList<AkkaMember> members) =>
        members.Where((member, age) => member.Silence is { } silence && member.Status switch
        {
            MemberStatus.Down => false,
            MemberStatus.Leaving or MemberStatus.Exiting => true,
            _ when member.Node is not null => members.Skip(age + 1).Any(younger => younger.Node == member.Node),
            _ => silence >= Patience,
        });

    /// <summary>Returns the Raft nodes that are reachable at two addresses, which are two processes with one node id.</summary>
    /// <param name="members">All processes, oldest first.</param>
    public static IEnumerable<(NodeId Node, Address Older, Address Younger)> Twins(IEnumerable<AkkaMember> members) =>
        from member in members
        where member.Silence is null && member.Node is not null
        group member.Address by member.Node!.Value into addresses
        where addresses.Count() > 1
        select (addresses.Key, addresses.First(), addresses.Last());
}

using Akka.Cluster;
using Raft.Actors.Protocol;
using MemberStatus = Akka.Cluster.MemberStatus;

namespace Raft.Host.Hosting;

/// <summary>
/// Decides which unreachable members of the Akka cluster are gone for good. That a Raft node is silent says nothing: it comes
/// back when the network does.
/// </summary>
internal static class Departures
{
    /// <summary>How long a process that is no Raft node may be unreachable. Should it live, it joins again by itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Who is gone.</summary>
    /// <param name="members">All members.</param>
    /// <param name="unreachable">Those of them that are unreachable, and for how long.</param>
    public static IReadOnlyList<Member> Find(
        IReadOnlyCollection<Member> members, IReadOnlyDictionary<Member, TimeSpan> unreachable) =>
        [.. unreachable.Where(u => IsGone(u.Key, u.Value, members)).Select(u => u.Key)];

    /// <summary>A Raft node that is reachable under two addresses: two processes with one name.</summary>
    public static IEnumerable<(NodeId Node, Member Older, Member Younger)> Twins(IEnumerable<Member> reachable) =>
        from member in reachable
        let node = NodeRole.NodeOf(member.Roles)
        where node is not null
        group member by node.Value into same
        where same.Count() > 1
        let byAge = same.Order(Member.AgeOrdering).ToArray()
        select (same.Key, byAge[0], byAge[^1]);

    private static bool IsGone(Member member, TimeSpan silence, IEnumerable<Member> members) => member.Status switch
    {
        MemberStatus.Down => false,
        MemberStatus.Leaving or MemberStatus.Exiting => true,
        _ when NodeRole.NodeOf(member.Roles) is { } node => HasSuccessor(node, member, members),
        _ => silence >= Patience,
    };

    private static bool HasSuccessor(NodeId node, Member member, IEnumerable<Member> members) =>
        members.Any(m => m.UniqueAddress != member.UniqueAddress && NodeRole.NodeOf(m.Roles) == node && member.IsOlderThan(m));
}

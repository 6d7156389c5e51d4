using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Hosting;

/// <summary>What follows from what several nodes said of themselves.</summary>
public static class Sights
{
    /// <summary>
    /// The leader; null where that is not certain. A node that says it leads may have been replaced without knowing. It was not
    /// when a majority of the members is in no newer term: whoever replaced it would have the votes of a majority (Raft §5.2).
    /// </summary>
    /// <param name="seen">The answers.</param>
    public static NodeStatus? Leader(IReadOnlyCollection<NodeSight> seen)
    {
        var leader = seen.Select(s => s.Status).Where(s => s is { Role: RaftRole.Leader }).MaxBy(s => s!.Term);
        if (leader is null) return null;
        var voters = leader.Members.Select(m => m.NodeId).ToHashSet();
        var agreeing = seen.Count(s => s.Status is { } status && voters.Contains(status.NodeId) && status.Term <= leader.Term);
        return agreeing >= Majority.Of(voters.Count) ? leader : null;
    }

    /// <summary>Says of each node why it does not lead.</summary>
    /// <param name="seen">The answers of all nodes.</param>
    public static string WhyNobodyLeads(IReadOnlyCollection<NodeSight> seen) => seen.Count == 0
        ? "No node is known yet: nobody in the Akka cluster says that it is a Raft node."
        : $"No node leads: {string.Join("; ", seen.OrderBy(s => s.Node.NodeId.Value, StringComparer.Ordinal).Select(Describe))}.";

    private static string Describe(NodeSight seen) => seen switch
    {
        { Status: { Role: RaftRole.Leader } status } => $"{status.NodeId} says it leads term {status.Term}, without a majority",
        { Status: { } status } => $"{status.NodeId} is {status.Role.ToString().ToLowerInvariant()} in term {status.Term}",
        { Down: { } down } => $"{down.NodeId} takes no part, since {down.Reason.TrimEnd('.')}",
        _ => $"{seen.Node.NodeId} does not answer",
    };
}

using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Monitoring;

/// <summary>What follows from what several nodes said of themselves.</summary>
public static class ClusterView
{
    /// <summary>
    /// The leader; null where that is not certain. A node that says it leads may have been replaced without knowing. It was not
    /// when a majority of the members is in no newer term: whoever replaced it would have the votes of a majority (Raft §5.2).
    /// </summary>
    /// <param name="seen">The answers. Nodes of another cluster than the leader's don't count; where two clusters have a leader,
    /// it is not certain which one is meant.</param>
    public static NodeStatus? FindLeader(IReadOnlyCollection<NodeView> seen) => FindLeader(seen, cluster: null);

    /// <summary>The leader of a cluster.</summary>
    /// <param name="seen">The answers.</param>
    /// <param name="cluster">The cluster; null for the only one that has a leader.</param>
    public static NodeStatus? FindLeader(IReadOnlyCollection<NodeView> seen, ClusterId? cluster)
    {
        var leaders = seen.Select(s => s.Status).OfType<NodeStatus>()
            .Where(s => cluster is null || s.ClusterId == cluster)
            .GroupBy(s => s.ClusterId).Select(LeaderOf).OfType<NodeStatus>().ToArray();
        return leaders is [var leader] ? leader : null;
    }

    /// <summary>
    /// The cluster that is meant: that of this process's own node, else that which has a leader, else that of most nodes.
    /// </summary>
    /// <param name="seen">The answers.</param>
    /// <param name="self">This process's node; null where it has none.</param>
    /// <returns>Null where nobody names one.</returns>
    internal static ClusterId? FindCluster(IReadOnlyCollection<NodeView> seen, NodeId? self)
    {
        var answers = seen.Select(s => s.Status).OfType<NodeStatus>().ToArray();
        return answers.FirstOrDefault(s => s.NodeId == self)?.ClusterId
            ?? FindLeader(seen)?.ClusterId
            ?? answers.GroupBy(s => s.ClusterId).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value, StringComparer.Ordinal)
                .FirstOrDefault()?.Key;
    }

    private static NodeStatus? LeaderOf(IEnumerable<NodeStatus> cluster)
    {
        var nodes = cluster.ToArray();
        if (nodes.Where(s => s.Role == RaftRole.Leader).MaxBy(s => s.Term) is not { } leader) return null;
        var voters = leader.Members.Select(m => m.NodeId).ToHashSet();
        var agreeing = nodes.Count(s => voters.Contains(s.NodeId) && s.Term <= leader.Term);
        return agreeing >= Majority.Of(voters.Count) ? leader : null;
    }

    /// <summary>Says of each node why it does not lead.</summary>
    /// <param name="seen">The answers of all nodes.</param>
    internal static string DescribeMissingLeader(IReadOnlyCollection<NodeView> seen) => seen.Count == 0
        ? "No node is known yet: nobody in the Akka cluster says that it is a Raft node."
        : $"No node leads: {string.Join("; ", seen.OrderBy(s => s.Node.NodeId.Value, StringComparer.Ordinal).Select(Describe))}.";

    private static string Describe(NodeView seen) => seen switch
    {
        { Status: { Role: RaftRole.Leader } status } => $"{status.NodeId} says it leads term {status.Term}, without a majority",
        { Status: { } status } => $"{status.NodeId} is {status.Role.ToString().ToLowerInvariant()} in term {status.Term}",
        { Down: { } down } => $"{down.NodeId} is unavailable: {down.Reason.TrimEnd('.')}",
        _ => $"{seen.Node.NodeId} does not answer",
    };
}

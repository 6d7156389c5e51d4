using Raft.Actors.Protocol;
using Raft.Actors.Quorums;

namespace Raft.Actors.Monitoring;

/// <summary>Combines the answers of several nodes into one view of the cluster.</summary>
public static class ClusterView
{
    /// <summary>
    /// The leader of the only cluster that has one; null if that is uncertain. A node that says it leads may have been replaced
    /// without knowing it. It has not been replaced if a majority of the members is in no newer term, because a new leader would
    /// have the votes of a majority (Raft §5.2).
    /// </summary>
    /// <param name="views">The nodes' answers.</param>
    public static NodeStatus? FindLeader(IReadOnlyCollection<NodeView> views) => FindLeader(views, cluster: null);

    /// <summary>The leader of a cluster; null if that is uncertain.</summary>
    /// <param name="views">The nodes' answers. Nodes of other clusters don't count.</param>
    /// <param name="cluster">The cluster; null for the only one that has a leader.</param>
    public static NodeStatus? FindLeader(IReadOnlyCollection<NodeView> views, ClusterId? cluster)
    {
        var leaders = views.Select(s => s.Status).OfType<NodeStatus>()
            .Where(s => cluster is null || s.ClusterId == cluster)
            .GroupBy(s => s.ClusterId).Select(LeaderOf).OfType<NodeStatus>().ToArray();
        return leaders is [var leader] ? leader : null;
    }

    /// <summary>
    /// The cluster that a request without a cluster id means: the cluster of this process's own node, otherwise the cluster that
    /// has a leader, otherwise the cluster that most nodes belong to.
    /// </summary>
    /// <param name="views">The nodes' answers.</param>
    /// <param name="self">This process's node; null if it has none.</param>
    /// <returns>Null if no node names a cluster.</returns>
    internal static ClusterId? FindCluster(IReadOnlyCollection<NodeView> views, NodeId? self)
    {
        var answers = views.Select(s => s.Status).OfType<NodeStatus>().ToArray();
        return answers.FirstOrDefault(s => s.NodeId == self)?.ClusterId
            ?? FindLeader(views)?.ClusterId
            ?? answers.GroupBy(s => s.ClusterId)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key.Value, StringComparer.Ordinal)
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

    /// <summary>Explains for each node why it does not lead.</summary>
    /// <param name="views">The answers of all nodes.</param>
    internal static string DescribeMissingLeader(IReadOnlyCollection<NodeView> views) => views.Count == 0
        ? "No node is known yet: no process in the Akka cluster reports a Raft node."
        : "No node leads: "
            + string.Join("; ", views.OrderBy(v => v.Node.NodeId.Value, StringComparer.Ordinal).Select(Describe)) + ".";

    private static string Describe(NodeView seen) => seen switch
    {
        { Status: { Role: RaftRole.Leader } status } =>
            $"{status.NodeId} claims to lead term {status.Term}, but no majority confirms it",
        { Status: { } status } => $"{status.NodeId} is {status.Role.ToString().ToLowerInvariant()} in term {status.Term}",
        { Down: { } down } => $"{down.NodeId} is unavailable: {down.Reason.TrimEnd('.')}",
        _ => $"{seen.Node.NodeId} does not answer",
    };
}

using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>Why an available node does not answer reads yet. Each reason is a sentence. Pure.</summary>
internal static class Readiness
{
    /// <summary>
    /// A node with more unapplied entries would not answer in time. Under load a few entries are always unapplied.
    /// </summary>
    private const long MaxUnapplied = 10_000;

    /// <summary>
    /// Whether the node can answer reads: it knows a leader, has applied nearly all committed entries, and does not wait for
    /// readmission.
    /// </summary>
    /// <param name="status">The node's status.</param>
    public static bool IsReady(NodeStatus status) =>
        status.LeaderId is not null
        && !status.AwaitsReadmission
        && status.LastApplied > LogIndex.Zero
        && Unapplied(status) <= MaxUnapplied;

    /// <summary>All reasons why the node can't answer reads; empty if it can.</summary>
    /// <param name="status">The node's status.</param>
    /// <param name="views">The current views of all nodes.</param>
    public static IReadOnlyList<string> Reasons(NodeStatus status, IReadOnlyList<NodeView> views)
    {
        if (IsReady(status)) return [];
        var reasons = new List<string>();
        if (status.LeaderId is null)
        {
            reasons.Add($"{status.NodeId} knows no leader in term {status.Term}.");
            reasons.Add(Majority(status, views));
        }

        if (status.AwaitsReadmission)
            reasons.Add(
                $"{status.NodeId} lost all or part of its journal. It follows, but does not count towards a majority until an "
                + "entry of the log readmits it. That requires a leader and a majority without it.");
        if (status.LastApplied == LogIndex.Zero)
            reasons.Add($"{status.NodeId} has not applied any entry yet; its log has {status.LastLogIndex}.");
        else if (Unapplied(status) > MaxUnapplied)
            reasons.Add(
                $"{status.NodeId} is {Unapplied(status)} entries behind: it has applied {status.LastApplied} of "
                + $"{status.CommitIndex}.");
        if (status.DurableIndex < status.LastLogIndex)
            reasons.Add($"Its disk has not written entries {status.DurableIndex.Next()} to {status.LastLogIndex} yet.");
        return reasons;
    }

    private static long Unapplied(NodeStatus status) => status.CommitIndex.Value - status.LastApplied.Value;

    private static string Majority(NodeStatus status, IReadOnlyList<NodeView> views)
    {
        var voters = status.Members.Select(m => m.NodeId).ToArray();
        var needed = Quorums.Majority.Of(voters.Length);
        var missing = voters
            .Where(voter => voter != status.NodeId)
            .Where(voter => !views.Any(v => v.Node.NodeId == voter && v.Status?.ClusterId == status.ClusterId))
            .Select(voter => Describe(voter, views))
            .ToArray();
        var answering = voters.Length - missing.Length;
        return missing.Length == 0
            ? $"All {voters.Length} members answer: an election is under way."
            : $"{answering} of {voters.Length} members take part, and {needed} are needed: {string.Join(", ", missing)}.";
    }

    private static string Describe(NodeId voter, IReadOnlyList<NodeView> views) =>
        views.FirstOrDefault(s => s.Node.NodeId == voter) switch
        {
            { Down: { } down } => $"{voter} is unavailable: {down.Reason.TrimEnd('.')}",
            { Status: { } other } => $"the node at {voter}'s address is of cluster {other.ClusterId}",
            _ => $"{voter} does not answer",
        };
}

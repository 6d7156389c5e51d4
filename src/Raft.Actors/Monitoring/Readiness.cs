using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>Why a node that takes part does not answer reads yet. Each reason is a sentence. Pure.</summary>
internal static class Readiness
{
    /// <summary>A node with more to apply first answers nobody in time; under load some always waits.</summary>
    private const long MaxUnapplied = 10_000;

    /// <summary>
    /// Whether the node can answer: it knows a leader, has applied nearly all that it knows to be committed, and does not wait for an
    /// entry of the log that readmits it.
    /// </summary>
    /// <param name="status">The node.</param>
    public static bool IsReady(NodeStatus status) =>
        status.LeaderId is not null && !status.AwaitsReadmission && status.LastApplied > LogIndex.Zero && Unapplied(status) <= MaxUnapplied;

    /// <summary>All reasons why it can't; none where it can.</summary>
    /// <param name="status">The node.</param>
    /// <param name="seen">Every node as it is seen at the moment.</param>
    public static IReadOnlyList<string> Reasons(NodeStatus status, IReadOnlyList<NodeView> seen)
    {
        if (IsReady(status)) return [];
        var reasons = new List<string>();
        if (status.LeaderId is null)
        {
            reasons.Add($"{status.NodeId} knows no leader in term {status.Term}.");
            reasons.Add(Majority(status, seen));
        }

        if (status.AwaitsReadmission)
            reasons.Add(
                $"{status.NodeId} lost its journal, or a part of it: it follows, and takes part again when an entry of the log readmits it. "
                + "That needs a leader and a majority without it.");
        if (status.LastApplied == LogIndex.Zero)
            reasons.Add($"{status.NodeId} has not applied any entry yet; its log has {status.LastLogIndex}.");
        else if (Unapplied(status) > MaxUnapplied)
            reasons.Add(
                $"{status.NodeId} is {Unapplied(status)} entries behind: it has applied {status.LastApplied} of {status.CommitIndex}.");
        if (status.DurableIndex < status.LastLogIndex)
            reasons.Add($"Its disk has not written entries {status.DurableIndex.Next()} to {status.LastLogIndex} yet.");
        return reasons;
    }

    private static long Unapplied(NodeStatus status) => status.CommitIndex.Value - status.LastApplied.Value;

    private static string Majority(NodeStatus status, IReadOnlyList<NodeView> seen)
    {
        var voters = status.Members.Select(m => m.NodeId).ToArray();
        var needed = Quorums.Majority.Of(voters.Length);
        var missing = voters
            .Where(voter => voter != status.NodeId && !seen.Any(s => s.Node.NodeId == voter && s.Status?.ClusterId == status.ClusterId))
            .Select(voter => Describe(voter, seen))
            .ToArray();
        var answering = voters.Length - missing.Length;
        return missing.Length == 0
            ? $"All {voters.Length} members answer: an election is under way."
            : $"{answering} of {voters.Length} members take part, and {needed} are needed: {string.Join(", ", missing)}.";
    }

    private static string Describe(NodeId voter, IReadOnlyList<NodeView> seen) =>
        seen.FirstOrDefault(s => s.Node.NodeId == voter) switch
        {
            { Down: { } down } => $"{voter} is unavailable: {down.Reason.TrimEnd('.')}",
            { Status: { } other } => $"the node at {voter}'s address is of cluster {other.ClusterId}",
            _ => $"{voter} does not answer",
        };
}

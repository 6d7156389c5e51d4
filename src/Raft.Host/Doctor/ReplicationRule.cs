using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Whether all logs are about as far as the leader's, and applied.</summary>
internal static class ReplicationRule
{
    /// <summary>Entries behind the leader that are more than what is on its way under load.</summary>
    public const long Far = 10_000;

    private const string Subject = "replication";

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        if (facts.Leader is not { } leader) return [];
        var members = facts.Nodes.Select(n => n.Status).OfType<NodeStatus>().Where(s => s.ClusterId == leader.ClusterId).ToArray();
        var findings = members.SelectMany(s => Look(s, leader)).ToList();
        findings.AddRange(members.Select(s => Stuck(facts, s, leader)).OfType<Finding>());
        if (findings.Count == 0)
            findings.Add(new Finding(
                Severity.Ok,
                Subject,
                null,
                $"All logs that answer are as far as the leader's, {Readable.Grouped(leader.LastLogIndex.Value)} entries."));
        return findings;
    }

    /// <summary>
    /// A follower that answers, lacks committed entries and gets none. The leader may believe that it has them: so what it says of its
    /// own log counts too.
    /// </summary>
    private static Finding? Stuck(ClusterFacts facts, NodeStatus node, NodeStatus leader)
    {
        var known = leader.Followers.FirstOrDefault(f => f.NodeId == node.NodeId);
        var before = facts.Earlier.FirstOrDefault(s => s.Node.NodeId == node.NodeId)?.Status;
        var committedBefore = ClusterView.Leader(facts.Earlier)?.CommitIndex ?? LogIndex.Zero;
        var hasStood = before is not null && before.LastLogIndex == node.LastLogIndex && node.LastLogIndex < committedBefore;
        var isStalled = known is { IsReached: true } && known.Stalled >= FollowerStatus.TooLong;
        if (node.NodeId == leader.NodeId || !(hasStood || isStalled)) return null;
        var since = isStalled ? $"for {Readable.Duration(known!.Stalled)}" : "between two looks";
        return new Finding(
            Severity.Problem,
            Subject,
            node.NodeId,
            $"{node.NodeId} makes no progress: it has entries up to {Readable.Grouped(node.LastLogIndex.Value)} of "
            + $"{Readable.Grouped(leader.CommitIndex.Value)} that are committed, and got none {since}.",
            $"No write counts on it until it does. Look at its log and its disk, and at the leader's log. If neither says why: "
            + $"{Restarting.Advice(facts, node.NodeId)}");
    }

    private static IEnumerable<Finding> Look(NodeStatus node, NodeStatus leader)
    {
        var behind = leader.LastLogIndex.Value - node.LastLogIndex.Value;
        if (behind > Far)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"{node.NodeId} is {Readable.Grouped(behind)} entries behind the leader.",
                "After a start it catches up by itself: look again. If it does not, look at its disk and at connectivity.");
        if (node.CommitIndex.Value - node.LastApplied.Value is > Far and var unapplied)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"{node.NodeId} has {Readable.Grouped(unapplied)} committed entries that its state machine has not applied.",
                "Its state machine is slower than the writes: raft actors shows its queue.");
        if (node.NodeId == leader.NodeId && node.LastLogIndex.Value - node.CommitIndex.Value is > Far and var uncommitted)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"The leader has {Readable.Grouped(uncommitted)} entries that are not committed.",
                "A majority is slower than the writes, or can't be reached: look at the disks and at connectivity.");
    }
}

using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Host.Formatting;

namespace Raft.Host.Doctor;

/// <summary>Checks that all logs are close to the leader's log, and applied.</summary>
internal static class ReplicationRule
{
    /// <summary>A lag of more entries than this is more than what is in flight under load.</summary>
    public const long Far = 10_000;

    private const string Subject = "replication";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        if (facts.Leader is not { } leader) return [];
        var members = facts.Nodes.Select(n => n.Status).OfType<NodeStatus>()
            .Where(s => s.ClusterId == leader.ClusterId).ToArray();
        var findings = members.SelectMany(s => Look(s, leader)).ToList();
        findings.AddRange(members.Select(s => Stuck(facts, s, leader)).OfType<Finding>());
        if (findings.Count == 0)
            findings.Add(new Finding(
                Severity.Ok,
                Subject,
                null,
                $"The logs of all responding nodes are up to date: {Readable.Grouped(leader.LastLogIndex.Value)} entries."));
        return findings;
    }

    /// <summary>
    /// Reports a follower that responds, lacks committed entries and receives none. The leader may believe that the follower has
    /// them, so the rule also uses what the follower reports.
    /// </summary>
    private static Finding? Stuck(ClusterFacts facts, NodeStatus node, NodeStatus leader)
    {
        var known = leader.Followers.FirstOrDefault(f => f.NodeId == node.NodeId);
        var before = facts.Earlier.FirstOrDefault(s => s.Node.NodeId == node.NodeId)?.Status;
        var committedBefore = ClusterView.FindLeader(facts.Earlier)?.CommitIndex ?? LogIndex.Zero;
        var hasStood = before is not null && before.LastLogIndex == node.LastLogIndex && node.LastLogIndex < committedBefore;
        var isStalled = known is { IsReached: true } && known.Stalled >= FollowerStatus.TooLong;
        if (node.NodeId == leader.NodeId || !(hasStood || isStalled)) return null;
        var since = isStalled ? $"for {Readable.Duration(known!.Stalled)}" : "between two checks";
        return new Finding(
            Severity.Problem,
            Subject,
            node.NodeId,
            $"{node.NodeId} makes no progress: its log ends at index {Readable.Grouped(node.LastLogIndex.Value)} of "
            + $"{Readable.Grouped(leader.CommitIndex.Value)} committed entries, and it received none {since}.",
            "Until it does, it does not count towards a majority. Check its log, its disk and the leader's log. If they do not "
            + $"show the cause: {Restarting.Advice(facts, node.NodeId)}");
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
                "After a start it catches up by itself; run raft doctor again. If it does not, see the findings on disk and "
                + "connectivity.");
        if (node.CommitIndex.Value - node.LastApplied.Value is > Far and var unapplied)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"{node.NodeId} has {Readable.Grouped(unapplied)} committed entries that its state machine has not applied.",
                "Its state machine is slower than the writes. raft actors shows its queue.");
        if (node.NodeId == leader.NodeId && node.LastLogIndex.Value - node.CommitIndex.Value is > Far and var uncommitted)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"The leader has {Readable.Grouped(uncommitted)} uncommitted entries.",
                "A majority is slower than the writes, or unreachable. See the findings on disk and connectivity.");
    }
}

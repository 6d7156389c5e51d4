using Raft.Actors.Protocol;
using Raft.Host.Rendering;

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
        var findings = facts.Nodes.Select(n => n.Status).OfType<NodeStatus>().Where(s => s.ClusterId == leader.ClusterId).SelectMany(s => Look(s, leader)).ToList();
        if (findings.Count == 0)
            findings.Add(new Finding(Severity.Ok, Subject, null, $"All logs that answer are as far as the leader's, {Terminal.Grouped(leader.LastLogIndex.Value)} entries."));
        return findings;
    }

    private static IEnumerable<Finding> Look(NodeStatus node, NodeStatus leader)
    {
        var behind = leader.LastLogIndex.Value - node.LastLogIndex.Value;
        if (behind > Far)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"{node.NodeId} is {Terminal.Grouped(behind)} entries behind the leader.",
                "After a start it catches up by itself: look again. If it does not, look at its disk and at connectivity.");
        if (node.CommitIndex.Value - node.LastApplied.Value is > Far and var unapplied)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"{node.NodeId} has {Terminal.Grouped(unapplied)} committed entries that its state machine has not applied.",
                "Its state machine is slower than the writes: raft actors shows its queue.");
        if (node.NodeId == leader.NodeId && node.LastLogIndex.Value - node.CommitIndex.Value is > Far and var uncommitted)
            yield return new Finding(
                Severity.Warning,
                Subject,
                node.NodeId,
                $"The leader has {Terminal.Grouped(uncommitted)} entries that are not committed.",
                "A majority is slower than the writes, or can't be reached: look at the disks and at connectivity.");
    }
}

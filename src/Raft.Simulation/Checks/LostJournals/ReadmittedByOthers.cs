using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.LostJournals;

/// <summary>
/// A node is readmitted only when the entry that names its journal is on its own disk and on the disks of a majority without it
/// (docs/decisions/020). Then every majority that could elect a candidate with one of the node's lost votes has a newer log
/// than the candidate.
/// </summary>
internal sealed class ReadmittedByOthers : Check
{
    private NodeView? _rewritten;

    /// <inheritdoc/>
    public override string Name => "readmitted by others";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/020; Michael et al., DISC 2017";

    /// <inheritdoc/>
    public override void OnDiskLost(ClusterView cluster, NodeView node) => _rewritten = node;

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        // The events that remain after a loss were checked when they were first written.
        if (_rewritten == node)
        {
            _rewritten = null;
            return;
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is Readmitted) Compare(cluster, node);
        }
    }

    private void Compare(ClusterView cluster, NodeView node)
    {
        Examine();
        if (Newest(node) is not { } entry)
            throw Violated(
                $"no entry on the disk of {node} names its journal {node.Disk.Self?.Journal}", $"{node} takes part again");

        var others = 0;
        foreach (var other in cluster.Nodes)
        {
            if (other != node && (other.HasLostData || other.Disk.Log.TermAt(entry.Index) == entry.Term)) others++;
        }

        if (others < cluster.Majority)
            throw Violated(
                $"{others} of {cluster.VoterCount} disks without that of {node} have entry {entry.Index}, which readmits it",
                $"{node} takes part again");
    }

    private static LogEntry? Newest(NodeView node)
    {
        var log = node.Disk.Log;
        for (var index = log.LastIndex; index >= log.FirstIndex; index = index.Previous())
        {
            if (log[index].Kind == EntryKind.Readmission && Incarnation.Decode(log[index].Command.Span) == node.Disk.Self)
                return log[index];
        }

        return null;
    }
}

using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Snapshots;

/// <summary>
/// A snapshot replaces only committed entries and describes them correctly (Raft §7): where the snapshot ends and where the
/// kept log starts, the committed entries have the same term and log time.
/// </summary>
internal sealed class SnapshotsAreCommitted : Check
{
    private readonly List<LogEntry> _committed = [];

    /// <inheritdoc/>
    public override string Name => "snapshots are committed";

    /// <inheritdoc/>
    public override string Source => "Raft §7, Figure 13";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var log = change.Node.Log;
        while (_committed.Count < change.After.CommitIndex.Value && Next() >= log.FirstIndex && Next() <= log.LastIndex)
            _committed.Add(log[Next()]);
    }

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not SnapshotSaved saved) continue;
            Examine();
            Compare(node, saved.Last);
            Compare(node, saved.Start);
            if (saved.Start.Index > saved.Last.Index)
                throw Violated(
                    $"{node} saved a snapshot up to entry {saved.Last.Index}",
                    $"it dropped the entries up to {saved.Start.Index}");
        }
    }

    private LogIndex Next() => new(_committed.Count + 1);

    private void Compare(NodeView node, LogPoint point)
    {
        if (point == LogPoint.Zero) return;
        if (point.Index >= Next())
            throw Violated(
                $"no node has committed more than entry {Next().Previous()}", $"{node} saved a snapshot up to {point.Index}");
        var committed = _committed[(int)point.Index.Value - 1];
        if (committed.Term != point.Term || committed.Time != point.Time)
            throw Violated(
                $"the committed entry {point.Index} is of term {committed.Term} and time {committed.Time}",
                $"{node} saved a snapshot that says term {point.Term} and time {point.Time}");
    }
}

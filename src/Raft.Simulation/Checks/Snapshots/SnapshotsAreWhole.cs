using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Snapshots;

/// <summary>
/// All parts of a snapshot are on disk before the event that completes it, a snapshot is newer than the one before it, and only
/// events before its first part are deleted (Raft §7). So at any time the disk has one complete snapshot and everything after
/// it.
/// </summary>
internal sealed class SnapshotsAreWhole : Check
{
    private readonly PerNode<Journal> _journals = new();

    /// <inheritdoc/>
    public override string Name => "snapshots are whole";

    /// <inheritdoc/>
    public override string Source => "Raft §7, hazards 16 to 18";

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var journal = _journals[node];
        for (var i = 0; i < events.Count; i++)
        {
            journal.Events++;
            if (events[i] is SnapshotPartSaved part) journal.Take(part);
            else if (events[i] is SnapshotSaved saved) Take(node, journal, saved);
        }
    }

    /// <inheritdoc/>
    public override void OnDeleted(ClusterView cluster, NodeView node, long toSequenceNr)
    {
        Examine();
        var journal = _journals[node];
        if (toSequenceNr >= journal.FirstNeeded)
            throw Violated(
                $"the newest complete snapshot on the disk of {node} begins with event {journal.FirstNeeded}",
                $"its events up to {toSequenceNr} were deleted");
    }

    private void Take(NodeView node, Journal journal, SnapshotSaved saved)
    {
        Examine();
        if (journal.Index != saved.Last.Index || journal.Bytes != saved.Bytes)
            throw Violated(
                $"the disk of {node} has {journal.Bytes} bytes of a snapshot up to entry {journal.Index}",
                $"its last event names {saved.Bytes} bytes of one up to entry {saved.Last.Index}");
        if (saved.Last.Index <= journal.Newest)
            throw Violated(
                $"the disk of {node} has a snapshot up to entry {journal.Newest}",
                $"one up to {saved.Last.Index} took its place");
        (journal.Newest, journal.FirstNeeded) = (saved.Last.Index, journal.FirstPart);
    }

    private sealed class Journal
    {
        /// <summary>The number of events so far, deleted ones included.</summary>
        public long Events { get; set; }

        /// <summary>The snapshot whose parts are being written, and its first part.</summary>
        public LogIndex Index { get; private set; }

        public long Bytes { get; private set; }

        public long FirstPart { get; private set; }

        /// <summary>The newest complete snapshot, and its first part.</summary>
        public LogIndex Newest { get; set; }

        public long FirstNeeded { get; set; } = 1;

        public void Take(SnapshotPartSaved part)
        {
            if (part.Offset == 0) (Index, Bytes, FirstPart) = (part.Index, 0, Events);
            if (part.Index == Index && part.Offset == Bytes) Bytes += part.Bytes.Length;
        }
    }
}

using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// How far recovery has read the journal, and the snapshots that it found. A whole one takes the place of every event before it;
/// where events were deleted, there must be one. Pure.
/// </summary>
internal sealed class JournalReplay
{
    /// <summary>The parts since the last one at offset 0, the index that they are of, and the event before them.</summary>
    private SnapshotParts _parts = new();
    private LogIndex _partsIndex;
    private long _eventsBeforeParts;

    /// <summary>Sequence number of the newest event that was replayed.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>Events up to this one are deleted; 0 where the journal has its first event.</summary>
    public long DeletedTo { get; private set; }

    /// <summary>The event before the first part of the newest snapshot.</summary>
    public long ReplacedTo { get; private set; }

    /// <summary>
    /// Whether the journal's first events are deleted, and the snapshot that replaces them is still to come. What stands
    /// between is in it, too.
    /// </summary>
    public bool IsBehindDeleted { get; private set; }

    /// <summary>The newest whole snapshot; null where there is none.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>The journal's first event is this one.</summary>
    public void BeginAt(long sequenceNr)
    {
        LastSequenceNr = DeletedTo = sequenceNr - 1;
        IsBehindDeleted = DeletedTo > 0;
    }

    /// <summary>This event is replayed.</summary>
    public void OnReplayed(long sequenceNr) => LastSequenceNr = sequenceNr;

    /// <summary>Behind deleted events nothing is read but damage, parts, and the snapshot that they are of.</summary>
    /// <param name="e">The event.</param>
    /// <param name="term">The term that the events before it gave.</param>
    public bool IsReplaced(RaftEvent e, Term term) => IsBehindDeleted && e switch
    {
        DamagedEvent or SnapshotPartSaved => false,
        SnapshotSaved saved => !IsWhole(saved, term),
        _ => true,
    };

    /// <summary>Takes a part of a snapshot.</summary>
    /// <param name="part">The part.</param>
    /// <param name="sequenceNr">Its sequence number.</param>
    /// <exception cref="InvalidOperationException">Parts before it are missing.</exception>
    public void Add(SnapshotPartSaved part, long sequenceNr)
    {
        if (part.Offset == 0)
        {
            (_parts, _partsIndex) = (new SnapshotParts(), part.Index);
            _eventsBeforeParts = sequenceNr - 1;
        }

        // Behind deleted events there may be the end of a snapshot that was given up.
        if (part.Index == _partsIndex && part.Offset == _parts.Length) _parts.Add(part.Bytes);
        else if (!IsBehindDeleted)
            throw new InvalidOperationException("it is part of a snapshot whose parts before it are missing");
    }

    /// <summary>Whether the snapshot's parts are there, and it is newer than all before it.</summary>
    /// <param name="saved">The event that ends the snapshot.</param>
    /// <param name="term">The term that the events before it gave.</param>
    public bool IsWhole(SnapshotSaved saved, Term term) =>
        saved.Last.Index == _partsIndex
        && saved.Bytes == _parts.Length
        && saved.Start.Index <= saved.Last.Index
        && saved.Term >= term
        && saved.Last.Index > (Snapshot?.Last.Index ?? LogIndex.Zero);

    /// <summary>A snapshot is whole: it replaces all before its first part.</summary>
    public void Complete(SnapshotSaved saved)
    {
        Snapshot = new Snapshot(saved.Last, _parts.ToSequence(), saved.Incarnations);
        ReplacedTo = _eventsBeforeParts;
        IsBehindDeleted = false;
    }

    /// <summary>All events are replayed: the snapshot's bytes are the state machine's from here on.</summary>
    public void Release() => (Snapshot, _parts) = (null, new SnapshotParts());
}

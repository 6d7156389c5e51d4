using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// The progress of recovery, and the snapshots found. A complete snapshot replaces every event before it; if events were deleted,
/// there must be one. Pure.
/// </summary>
internal sealed class JournalReplay
{
    /// <summary>The parts since the last one at offset 0, their snapshot's index, and the event before them.</summary>
    private SnapshotParts _parts = new();
    private LogIndex _partsIndex;
    private long _eventsBeforeParts;

    /// <summary>Sequence number of the newest replayed event.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>Events up to this one are deleted; 0 if the journal has its first event.</summary>
    public long DeletedTo { get; private set; }

    /// <summary>The event before the first part of the newest snapshot.</summary>
    public long ReplacedTo { get; private set; }

    /// <summary>
    /// Whether the journal's first events are deleted and recovery has not reached the snapshot that replaces them. That snapshot
    /// also replaces the events in between.
    /// </summary>
    public bool IsBehindDeleted { get; private set; }

    /// <summary>The newest complete snapshot; null if there is none.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>Sets the journal's first event.</summary>
    public void BeginAt(long sequenceNr)
    {
        LastSequenceNr = DeletedTo = sequenceNr - 1;
        IsBehindDeleted = DeletedTo > 0;
    }

    /// <summary>An event was replayed.</summary>
    public void OnReplayed(long sequenceNr) => LastSequenceNr = sequenceNr;

    /// <summary>
    /// Whether an event is skipped, because the first events are deleted and the snapshot that replaces it follows.
    /// </summary>
    /// <param name="e">The event.</param>
    /// <param name="term">The term according to the events before it.</param>
    public bool IsReplaced(RaftEvent e, Term term) => IsBehindDeleted && e switch
    {
        DamagedEvent or SnapshotPartSaved => false,
        SnapshotSaved saved => !IsWhole(saved, term),
        _ => true,
    };

    /// <summary>Adds a part of a snapshot.</summary>
    /// <param name="part">The part.</param>
    /// <param name="sequenceNr">The part's sequence number.</param>
    /// <exception cref="InvalidOperationException">The parts before it are missing.</exception>
    public void Add(SnapshotPartSaved part, long sequenceNr)
    {
        if (part.Offset == 0)
        {
            (_parts, _partsIndex) = (new SnapshotParts(), part.Index);
            _eventsBeforeParts = sequenceNr - 1;
        }

        // After deleted events, the last parts of an abandoned snapshot may remain.
        if (part.Index == _partsIndex && part.Offset == _parts.Length) _parts.Add(part.Bytes);
        else if (!IsBehindDeleted)
            throw new InvalidOperationException("it is part of a snapshot whose parts before it are missing");
    }

    /// <summary>Whether all parts of a snapshot are present and it is newer than everything before it.</summary>
    /// <param name="saved">The event that completes the snapshot.</param>
    /// <param name="term">The term according to the events before it.</param>
    public bool IsWhole(SnapshotSaved saved, Term term) =>
        saved.Last.Index == _partsIndex
        && saved.Bytes == _parts.Length
        && saved.Start.Index <= saved.Last.Index
        && saved.Term >= term
        && saved.Last.Index > (Snapshot?.Last.Index ?? LogIndex.Zero);

    /// <summary>A snapshot is complete: it replaces all events before its first part.</summary>
    public void Complete(SnapshotSaved saved)
    {
        Snapshot = new Snapshot(saved.Last, _parts.ToSequence(), saved.Incarnations);
        ReplacedTo = _eventsBeforeParts;
        IsBehindDeleted = false;
    }

    /// <summary>All events are replayed: releases the snapshot, which the state machine has restored.</summary>
    public void Release() => (Snapshot, _parts) = (null, new SnapshotParts());
}

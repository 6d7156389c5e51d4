namespace Raft.Actors.Storage;

/// <summary>
/// The journal's events that a snapshot on disk replaces, and when they are deleted. A database has one writer at a time. Writes
/// go first, because clients wait for them, but one event is deleted per event written, so the journal does not grow. Pure.
/// </summary>
internal sealed class ReplacedEvents
{
    /// <summary>Events deleted at once: about as many as take as long as a write.</summary>
    public const int BatchSize = 256;

    private long _deletedTo;
    private long _replacedTo;

    /// <summary>Events written since the last deletion, while events remain to be deleted.</summary>
    private int _written;

    /// <summary>Whether a deletion is under way.</summary>
    public bool IsDeleting { get; private set; }

    /// <summary>Whether events remain to be deleted.</summary>
    public bool IsAny => _deletedTo < _replacedTo;

    /// <summary>Whether a deletion goes before the next write.</summary>
    public bool IsTurn => IsAny && _written >= BatchSize;

    /// <summary>Recovery found that the events up to this one are deleted.</summary>
    public void BeginBehind(long sequenceNr) => _deletedTo = sequenceNr;

    /// <summary>A snapshot on disk replaces the events up to this one.</summary>
    public void ReplaceTo(long sequenceNr) => _replacedTo = sequenceNr;

    /// <summary>Events are being written.</summary>
    public void OnWrite(int events)
    {
        if (IsAny) _written += events;
    }

    /// <summary>
    /// Starts a deletion of as many events as take no longer than a write. Nothing depends on it; remaining events are deleted
    /// after the next start or with the next snapshot.
    /// </summary>
    /// <returns>Sequence number of the newest event to delete.</returns>
    public long BeginDeletion()
    {
        IsDeleting = true;
        var to = Math.Min(_deletedTo + Math.Max(BatchSize, _written), _replacedTo);
        _written = 0;
        return to;
    }

    /// <summary>The events up to this one are deleted.</summary>
    public void OnDeleted(long sequenceNr) => (IsDeleting, _deletedTo) = (false, sequenceNr);

    /// <summary>The journal failed to delete the events. It tries again when the next snapshot is on disk.</summary>
    public void OnFailed() => (IsDeleting, _replacedTo) = (false, _deletedTo);
}

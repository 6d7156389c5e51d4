namespace Raft.Actors.Storage;

/// <summary>
/// Which events of the journal a snapshot on disk replaces, and when they are deleted. A database has one writer at a time.
/// What is to be written comes first, since clients wait for it; but for each event that is written one is deleted, so that the
/// journal does not grow. Pure.
/// </summary>
internal sealed class ReplacedEvents
{
    /// <summary>So many events are deleted at once: about as many as take as long as a write.</summary>
    public const int BatchSize = 256;

    private long _deletedTo;
    private long _replacedTo;

    /// <summary>Events written since the last deletion, while there are events to delete.</summary>
    private int _written;

    /// <summary>Whether a deletion is under way.</summary>
    public bool IsDeleting { get; private set; }

    /// <summary>Whether there are events to delete.</summary>
    public bool IsAny => _deletedTo < _replacedTo;

    /// <summary>Whether a deletion comes before the next write.</summary>
    public bool IsTurn => IsAny && _written >= BatchSize;

    /// <summary>The journal begins behind this event, as recovery found it.</summary>
    public void BeginBehind(long sequenceNr) => _deletedTo = sequenceNr;

    /// <summary>A snapshot on disk replaces the events up to this one.</summary>
    public void ReplaceTo(long sequenceNr) => _replacedTo = sequenceNr;

    /// <summary>So many events are being written.</summary>
    public void OnWrite(int events)
    {
        if (IsAny) _written += events;
    }

    /// <summary>
    /// Begins a deletion of as many events as take no longer than a write. Nothing rests on it: what is left is deleted after the
    /// next start, or with the next snapshot.
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

    /// <summary>The journal could not delete them: it is asked again when the next snapshot is on disk.</summary>
    public void OnFailed() => (IsDeleting, _replacedTo) = (false, _deletedTo);
}

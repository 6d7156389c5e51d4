using Raft.Actors.Events;

namespace Raft.Actors.Storage;

/// <summary>A snapshot that is being written to the journal in parts. Pure.</summary>
/// <param name="snapshot">The snapshot.</param>
/// <param name="isInstalled">Whether the leader sent it and it replaces this node's state.</param>
/// <param name="began">When it began; null if nothing measures.</param>
internal sealed class SnapshotSaving(Snapshot snapshot, bool isInstalled, TimeSpan? began)
{
    private long _offset;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>Whether the leader sent it.</summary>
    public bool IsInstalled { get; } = isInstalled;

    /// <summary>When it began; null if nothing measures.</summary>
    public TimeSpan? Began { get; } = began;

    /// <summary>
    /// The last event before its first part. Once the snapshot is complete, the journal no longer needs the events up to it.
    /// </summary>
    public long ReplacedTo { get; private set; }

    /// <summary>Whether all parts were passed to the journal.</summary>
    public bool IsDrained => _offset == Snapshot.Length;

    /// <summary>The next part to write.</summary>
    /// <param name="maxBytes">Maximum size of the part in bytes.</param>
    /// <param name="lastSequenceNr">Sequence number of the journal's newest event.</param>
    public SnapshotPartSaved NextPart(int maxBytes, long lastSequenceNr)
    {
        if (_offset == 0) ReplacedTo = lastSequenceNr;
        var part = new SnapshotPartSaved(Snapshot.Last.Index, _offset, Snapshot.Part(_offset, maxBytes));
        _offset += part.Bytes.Length;
        return part;
    }
}

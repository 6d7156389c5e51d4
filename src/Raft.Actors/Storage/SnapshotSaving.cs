using Raft.Actors.Events;

namespace Raft.Actors.Storage;

/// <summary>A snapshot that is being written to the journal, part by part. Pure.</summary>
/// <param name="snapshot">The snapshot.</param>
/// <param name="isInstalled">Whether it came from the leader, and takes the place of this node's state.</param>
/// <param name="began">When that began, where somebody measures it.</param>
internal sealed class SnapshotSaving(Snapshot snapshot, bool isInstalled, TimeSpan? began)
{
    private long _offset;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>Whether it came from the leader.</summary>
    public bool IsInstalled { get; } = isInstalled;

    /// <summary>When the writing began, where somebody measures it.</summary>
    public TimeSpan? Began { get; } = began;

    /// <summary>Last event before its first part: once the snapshot is whole, the journal can do without all up to it.</summary>
    public long ReplacedTo { get; private set; }

    /// <summary>Whether all parts were taken.</summary>
    public bool IsTaken => _offset == Snapshot.Length;

    /// <summary>The next part to write.</summary>
    /// <param name="maxBytes">Its bytes, at the most.</param>
    /// <param name="lastSequenceNr">The newest event in the journal.</param>
    public SnapshotPartSaved Take(int maxBytes, long lastSequenceNr)
    {
        if (_offset == 0) ReplacedTo = lastSequenceNr;
        var part = new SnapshotPartSaved(Snapshot.Last.Index, _offset, Snapshot.Part(_offset, maxBytes));
        _offset += part.Bytes.Length;
        return part;
    }
}

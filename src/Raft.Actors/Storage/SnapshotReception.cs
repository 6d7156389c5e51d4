using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>A snapshot that the leader sends in parts (Raft §7, Figure 13). A new leader starts over. Pure.</summary>
internal sealed class SnapshotReception
{
    private InstallSnapshot? _first;
    private SnapshotParts _parts = new();

    /// <summary>The first missing byte of the last part's snapshot.</summary>
    public long Wanted => _parts.Length;

    /// <summary>Adds the next part. A duplicate or early part has no effect.</summary>
    /// <returns>The snapshot if this was its last part; it is not kept. Otherwise null.</returns>
    public Snapshot? Add(InstallSnapshot part)
    {
        if (_first is null || part.From != _first.From || part.Term != _first.Term
            || part.Last != _first.Last || part.Length != _first.Length)
            (_first, _parts) = (part, new SnapshotParts());
        if (part.Offset == Wanted) _parts.Add(part.Data);
        if (Wanted < part.Length) return null;
        var whole = new Snapshot(part.Last, _parts.ToSequence(), _first.Incarnations);
        (_first, _parts) = (null, new SnapshotParts());
        return whole;
    }
}

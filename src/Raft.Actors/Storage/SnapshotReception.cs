using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// A snapshot that comes from the leader, part by part (Raft §7, Figure 13). It is one leader's: a new one starts over. Pure.
/// </summary>
internal sealed class SnapshotReception
{
    private InstallSnapshot? _first;
    private SnapshotParts _parts = new();

    /// <summary>First byte that is not here yet, of the snapshot that the last part was of.</summary>
    public long Wanted => _parts.Length;

    /// <summary>Takes the next part. One that comes again, or too early, changes nothing.</summary>
    /// <returns>The snapshot, where this was its last part, and nothing is kept of it; else null.</returns>
    public Snapshot? Take(InstallSnapshot part)
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

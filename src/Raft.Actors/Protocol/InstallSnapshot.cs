namespace Raft.Actors.Protocol;

/// <summary>
/// The leader sends a follower a part of its state, in place of entries that it has no more (Raft §7, Figure 13). A follower that
/// has it all, on disk and in its state machine, answers with <see cref="AppendAccepted"/>.
/// </summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="Last">The last entry that the snapshot replaces; it is committed.</param>
/// <param name="Length">Bytes of the whole snapshot.</param>
/// <param name="Offset">Where <paramref name="Data"/> belongs.</param>
/// <param name="Data">The bytes from there on; none where the leader only asks how far the follower is.</param>
/// <param name="Part">Counts what is sent of a snapshot to one follower; the answer gives it back.</param>
/// <param name="Round">Number of the leader's newest round of heartbeats; the answer gives it back.</param>
internal sealed record InstallSnapshot(
    ClusterId Cluster,
    NodeId From,
    Term Term,
    LogPoint Last,
    long Length,
    long Offset,
    ReadOnlyMemory<byte> Data,
    long Part,
    long Round) : RaftRpc(Cluster, From, Term)
{
    /// <summary>The members' incarnations, as the log that is replaced names them; none where it names none.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];
}

/// <summary>The follower has the snapshot up to a place, in memory: it promises nothing.</summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Offset">First byte that it lacks; the snapshot's length where it is being installed.</param>
/// <param name="Part">The part that is answered.</param>
/// <param name="Round">Its round.</param>
internal sealed record SnapshotReceived(
    ClusterId Cluster, NodeId From, Term Term, LogIndex Index, long Offset, long Part, long Round) : RaftRpc(Cluster, From, Term);

namespace Raft.Actors.Protocol;

/// <summary>
/// The leader sends a follower a part of its state in place of compacted entries (Raft §7, Figure 13). A follower that has the
/// whole snapshot on disk and in its state machine answers with <see cref="AppendAccepted"/>.
/// </summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="Last">The last entry that the snapshot replaces; it is committed.</param>
/// <param name="Length">Size of the whole snapshot in bytes.</param>
/// <param name="Offset">Position of <paramref name="Data"/> in the snapshot.</param>
/// <param name="Data">The bytes at that position; empty if the leader only probes the follower's progress.</param>
/// <param name="Part">Numbers the parts sent to one follower; the answer repeats it.</param>
/// <param name="Round">Number of the leader's newest heartbeat round; the answer repeats it.</param>
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
    /// <summary>The incarnations of the members according to the replaced log; empty if it names none.</summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];
}

/// <summary>The follower has a part of the snapshot in memory. The message promises nothing.</summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Offset">The first byte that it lacks; the snapshot's length while it installs the snapshot.</param>
/// <param name="Part">The answered part.</param>
/// <param name="Round">The round of the answered part.</param>
internal sealed record SnapshotReceived(
    ClusterId Cluster, NodeId From, Term Term, LogIndex Index, long Offset, long Part, long Round) : RaftRpc(Cluster, From, Term);

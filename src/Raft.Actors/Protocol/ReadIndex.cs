namespace Raft.Actors.Protocol;

/// <summary>
/// ReadIndex (dissertation §6.4): a follower asks the leader for the index up to which it must have applied the log before it
/// answers its pending queries.
/// </summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="ReadId">Identifies this request; the answer repeats it. It is never reused, not even after a restart.</param>
internal sealed record RequestReadIndex(ClusterId Cluster, NodeId From, Term Term, long ReadId) : RaftRpc(Cluster, From, Term);

/// <summary>The sender still led after the request had arrived, with <paramref name="Index"/> committed.</summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="ReadId">The answered request.</param>
/// <param name="Index">A state machine at this index or a later one may answer the pending queries.</param>
internal sealed record ReadIndexGranted(ClusterId Cluster, NodeId From, Term Term, long ReadId, LogIndex Index)
    : RaftRpc(Cluster, From, Term);

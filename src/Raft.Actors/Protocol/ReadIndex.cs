namespace Raft.Actors.Protocol;

/// <summary>
/// A follower asks the leader up to where it must have applied the log to answer queries that it has now (dissertation §6.4).
/// </summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="ReadId">Names this request; the answer gives it back. Never used twice, not even over a restart.</param>
internal sealed record RequestReadIndex(ClusterId Cluster, NodeId From, Term Term, long ReadId) : RaftRpc(Cluster, From, Term);

/// <summary>The sender led when the request reached it, and had committed up to <paramref name="Index"/>.</summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="ReadId">The request that is answered.</param>
/// <param name="Index">A state of this index or a later one answers what was asked before the request.</param>
internal sealed record ReadIndexGranted(ClusterId Cluster, NodeId From, Term Term, long ReadId, LogIndex Index)
    : RaftRpc(Cluster, From, Term);

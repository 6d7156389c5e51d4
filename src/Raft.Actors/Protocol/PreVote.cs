namespace Raft.Actors.Protocol;

/// <summary>
/// Pre-vote (dissertation §9.6): before it raises its term, a node that hears no leader asks whether it would be elected. The
/// answer does not bind the voter, and nothing is written.
/// </summary>
/// <param name="Cluster">The sender's cluster.</param>
/// <param name="From">The sender.</param>
/// <param name="Term">The sender's term; it would campaign in the next one. The receiver does not adopt it.</param>
/// <param name="Attempt">Identifies this pre-election. Answers repeat it, so those to another attempt don't count.</param>
/// <param name="LastLogIndex">Index of the sender's last entry, for the up-to-date check (Raft §5.4.1).</param>
/// <param name="LastLogTerm">Term of that entry.</param>
internal sealed record RequestPreVote(
    ClusterId Cluster, NodeId From, Term Term, long Attempt, LogIndex LastLogIndex, Term LastLogTerm)
    : RaftRpc(Cluster, From, Term);

/// <summary>The receiver would vote for the sender of <see cref="RequestPreVote"/>.</summary>
/// <param name="Cluster">The voter's cluster.</param>
/// <param name="From">The voter.</param>
/// <param name="Term">The voter's own term.</param>
/// <param name="Attempt">The answered attempt.</param>
internal sealed record PreVoteGranted(ClusterId Cluster, NodeId From, Term Term, long Attempt) : RaftRpc(Cluster, From, Term);

/// <summary>The receiver would not vote for the sender of <see cref="RequestPreVote"/>.</summary>
/// <param name="Cluster">The voter's cluster.</param>
/// <param name="From">The voter.</param>
/// <param name="Term">The voter's own term. If it is newer, the sender adopts it.</param>
/// <param name="Attempt">The answered attempt.</param>
/// <param name="Reason">Why the voter would not vote.</param>
internal sealed record PreVoteDenied(ClusterId Cluster, NodeId From, Term Term, long Attempt, VoteDenial Reason)
    : RaftRpc(Cluster, From, Term);

namespace Raft.Actors.Protocol;

/// <summary>A candidate requests a vote (Raft §5.2, Figure 2), after its own term and vote are durable.</summary>
/// <param name="Cluster">The candidate's cluster.</param>
/// <param name="From">The candidate.</param>
/// <param name="Term">The candidate's term, in which it wants to lead.</param>
/// <param name="LastLogIndex">Index of the candidate's last entry, for the up-to-date check (§5.4.1).</param>
/// <param name="LastLogTerm">Term of the candidate's last entry.</param>
/// <param name="IsTransfer">Whether the leader requested this election with <see cref="TimeoutNow"/>. Then voters grant their
/// vote even if they hear that leader (dissertation §4.2.3).</param>
internal sealed record RequestVote(
    ClusterId Cluster, NodeId From, Term Term, LogIndex LastLogIndex, Term LastLogTerm, bool IsTransfer = false)
    : RaftRpc(Cluster, From, Term);

/// <summary>The receiver voted for the candidate, and its vote is durable.</summary>
/// <param name="Cluster">The voter's cluster.</param>
/// <param name="From">The voter.</param>
/// <param name="Term">The term of the vote; it counts in no other term.</param>
internal sealed record VoteGranted(ClusterId Cluster, NodeId From, Term Term) : RaftRpc(Cluster, From, Term);

/// <summary>The receiver did not vote for the candidate.</summary>
/// <param name="Cluster">The voter's cluster.</param>
/// <param name="From">The voter.</param>
/// <param name="Term">The voter's term.</param>
/// <param name="Reason">Why the vote was denied.</param>
internal sealed record VoteDenied(ClusterId Cluster, NodeId From, Term Term, VoteDenial Reason)
    : RaftRpc(Cluster, From, Term);

/// <summary>Why a vote was denied.</summary>
internal enum VoteDenial
{
    /// <summary>The candidate's term is older than the voter's (§5.1).</summary>
    StaleTerm = 0,

    /// <summary>The voter has voted for another candidate in this term (§5.2).</summary>
    AlreadyVoted = 1,

    /// <summary>The candidate's log lacks entries that the voter has (§5.4.1).</summary>
    LogNotUpToDate = 2,

    /// <summary>
    /// Leader stickiness: the voter leads, or has heard a leader within the shortest election timeout (dissertation §4.2.3).
    /// </summary>
    LeaderIsKnown = 3,

    /// <summary>The voter lost its journal and is not readmitted yet; it may have voted for another candidate before.</summary>
    AwaitsReadmission = 4,
}

namespace Raft.Actors.Protocol;

/// <summary>The leader replicates entries; without entries it is a heartbeat (Raft §5.3, Figure 2).</summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="PreviousIndex">Index of the entry just before <paramref name="Entries"/>.</param>
/// <param name="PreviousTerm">Term of that entry; the follower must have it (consistency check).</param>
/// <param name="Entries">Contiguous entries from <paramref name="PreviousIndex"/> + 1 on.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
/// <param name="Round">Number of the leader's newest heartbeat round. Replies repeat it: a majority of replies to a round proves
/// that the sender was still leader when the round started (§8).</param>
internal sealed record AppendEntries(
    ClusterId Cluster,
    NodeId From,
    Term Term,
    LogIndex PreviousIndex,
    Term PreviousTerm,
    IReadOnlyList<LogEntry> Entries,
    LogIndex LeaderCommit,
    long Round) : RaftRpc(Cluster, From, Term)
{
    /// <summary>The traced entries among <see cref="Entries"/>; usually none.</summary>
    public IReadOnlyList<EntryTrace> Traces { get; init; } = [];
}

/// <summary>The follower's log equals the leader's up to <paramref name="MatchIndex"/>, durably.</summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="MatchIndex">Last index that the message verified and that is on the follower's disk.</param>
/// <param name="Round">The round of the answered message.</param>
/// <param name="Preference">The follower's leadership preference.</param>
internal sealed record AppendAccepted(
    ClusterId Cluster,
    NodeId From,
    Term Term,
    LogIndex MatchIndex,
    long Round,
    LeadershipPreference Preference = LeadershipPreference.Neutral) : RaftRpc(Cluster, From, Term);

/// <summary>The follower lacks the entry before the new ones (consistency check, Raft §5.3).</summary>
/// <param name="Cluster">The follower's cluster.</param>
/// <param name="From">The follower.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="RejectedIndex">The <see cref="AppendEntries.PreviousIndex"/> that did not match.</param>
/// <param name="ConflictTerm">The follower's term at that index; null if its log is too short.</param>
/// <param name="ConflictIndex">First index of <paramref name="ConflictTerm"/>, or the follower's last index + 1.</param>
/// <param name="Round">The round of the answered message.</param>
internal sealed record AppendRejected(
    ClusterId Cluster,
    NodeId From,
    Term Term,
    LogIndex RejectedIndex,
    Term? ConflictTerm,
    LogIndex ConflictIndex,
    long Round) : RaftRpc(Cluster, From, Term);

/// <summary>
/// The sender of an <see cref="AppendEntries"/> is no longer leader, because the receiver is in a newer term (Raft §5.1).
/// </summary>
/// <param name="Cluster">The receiver's cluster.</param>
/// <param name="From">The receiver.</param>
/// <param name="Term">The newer term.</param>
internal sealed record AppendOutdated(ClusterId Cluster, NodeId From, Term Term) : RaftRpc(Cluster, From, Term);

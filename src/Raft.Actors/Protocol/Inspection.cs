namespace Raft.Actors.Protocol;

/// <summary>The three roles of a Raft node (Raft §5.1, Figure 4).</summary>
public enum RaftRole
{
    /// <summary>Answers leaders and candidates.</summary>
    Follower = 0,

    /// <summary>Requests votes.</summary>
    Candidate = 1,

    /// <summary>Accepts requests and replicates them.</summary>
    Leader = 2,
}

/// <summary>Requests a node's <see cref="NodeStatus"/>. Every role answers at once.</summary>
internal sealed record GetStatus
{
    /// <summary>The message; it has no content.</summary>
    public static readonly GetStatus Instance = new();
}

/// <summary>The status that a node reports about itself.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="ClusterId">The node's cluster.</param>
/// <param name="GroupId">The node's Raft group.</param>
/// <param name="Role">The node's role.</param>
/// <param name="Term">The node's current term.</param>
/// <param name="VotedFor">The candidate that got its vote in this term; null if none did.</param>
/// <param name="LeaderId">The leader of this term; null if unknown.</param>
/// <param name="CommitIndex">Last index that the node knows to be committed.</param>
/// <param name="LastApplied">Last index that its state machine has applied.</param>
/// <param name="LastLogIndex">Index of the last entry in its log.</param>
/// <param name="LastLogTerm">Term of the last entry.</param>
/// <param name="SnapshotIndex">Last index that the snapshot on its disk replaces; 0 if there is none.</param>
/// <param name="DurableIndex">Last index on its disk.</param>
/// <param name="Members">The group's voting members.</param>
/// <param name="FirstLogIndex">Index of the first entry that the log has; 1 until a snapshot replaces entries.</param>
/// <param name="ElectionTimeout">The drawn timeout after which the node starts an election if it hears no leader; null for a
/// leader.</param>
/// <param name="ElectionTimeoutLeft">The remaining part of that timeout; null for a leader.</param>
/// <param name="AwaitsReadmission">Whether the node lost journal data and does not count towards a majority until the log
/// readmits it.</param>
public sealed record NodeStatus(
    NodeId NodeId,
    ClusterId ClusterId,
    GroupId GroupId,
    RaftRole Role,
    Term Term,
    NodeId? VotedFor,
    NodeId? LeaderId,
    LogIndex CommitIndex,
    LogIndex LastApplied,
    LogIndex LastLogIndex,
    Term LastLogTerm,
    LogIndex SnapshotIndex,
    LogIndex DurableIndex,
    IReadOnlyList<MemberStatus> Members,
    LogIndex FirstLogIndex,
    TimeSpan? ElectionTimeout = null,
    TimeSpan? ElectionTimeoutLeft = null,
    bool AwaitsReadmission = false)
{
    /// <summary>The leader's view of its followers; empty if the node does not lead.</summary>
    public IReadOnlyList<FollowerStatus> Followers { get; init; } = [];
}

/// <summary>A leader's view of one follower.</summary>
/// <param name="NodeId">The follower.</param>
/// <param name="IsReached">Whether it answered the leader within <c>raft.election-timeout-max</c>.</param>
/// <param name="MatchIndex">Last index that the leader knows to be on its disk (Raft, Figure 2).</param>
/// <param name="Stalled">How long it has lacked committed entries without receiving any, in whole seconds.</param>
public sealed record FollowerStatus(NodeId NodeId, bool IsReached, LogIndex MatchIndex, TimeSpan Stalled)
{
    /// <summary>A follower that makes no progress for this long is stalled, not just slow.</summary>
    public static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    /// <summary>Whether writes can count on the follower: it is reached and not stalled.</summary>
    public bool TakesPart => IsReached && Stalled < TooLong;
}

/// <summary>The answer to an inspection of an unavailable node.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Reason">Why it is unavailable, as a clause.</param>
/// <param name="IsHalted">Whether it stays unavailable until an operator acts.</param>
public sealed record NodeDown(NodeId NodeId, string Reason, bool IsHalted);

/// <summary>One member of the group.</summary>
/// <param name="NodeId">The member.</param>
/// <param name="Address">The address of its Akka.Remote endpoint, as <c>host:port</c>.</param>
public sealed record MemberStatus(NodeId NodeId, string Address);

/// <summary>Requests a page of a node's log; answered by <see cref="LogPage"/>.</summary>
/// <param name="From">The first index.</param>
/// <param name="Limit">Maximum number of entries. The page also ends before it would exceed <c>raft.max-append-bytes</c>.</param>
internal sealed record GetLog(LogIndex From, int Limit) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>A page of a node's log.</summary>
/// <param name="Entries">The entries, in order; empty only after the log's end. If a snapshot replaces the requested entries,
/// they start at <see cref="FirstIndex"/>.</param>
/// <param name="CommitIndex">The node's commit index.</param>
/// <param name="LastApplied">Last index that the node's state machine has applied.</param>
/// <param name="LastIndex">Index of the last entry in the node's log.</param>
public sealed record LogPage(
    IReadOnlyList<LogEntry> Entries,
    LogIndex CommitIndex,
    LogIndex LastApplied,
    LogIndex LastIndex)
{
    /// <summary>Index of the first entry that the node has; a snapshot replaces those before it.</summary>
    public LogIndex FirstIndex { get; init; } = LogIndex.Zero.Next();
}

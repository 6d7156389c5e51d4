namespace Raft.Actors.Protocol;

/// <summary>The three roles of a Raft node (Raft §5.1, Figure 4).</summary>
public enum RaftRole
{
    /// <summary>Answers leaders and candidates.</summary>
    Follower = 0,

    /// <summary>Asks for votes.</summary>
    Candidate = 1,

    /// <summary>Takes requests and replicates them.</summary>
    Leader = 2,
}

/// <summary>Asks a node for its <see cref="NodeStatus"/>. Every role answers at once.</summary>
internal sealed record GetStatus
{
    /// <summary>The message; it has no content.</summary>
    public static readonly GetStatus Instance = new();
}

/// <summary>A node as it sees itself at one moment.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="GroupId">Its Raft group.</param>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its current term.</param>
/// <param name="VotedFor">Who got its vote in this term, if anybody.</param>
/// <param name="LeaderId">The leader of this term, where known.</param>
/// <param name="CommitIndex">Last index known to be committed.</param>
/// <param name="LastApplied">Last index handed to the state machine.</param>
/// <param name="LastLogIndex">Index of the last entry.</param>
/// <param name="LastLogTerm">Term of the last entry.</param>
/// <param name="SnapshotIndex">Last index that the snapshot on its disk replaces; 0 where there is none.</param>
/// <param name="DurableIndex">Last index on this node's disk.</param>
/// <param name="Members">The group's voting members.</param>
/// <param name="FirstLogIndex">Index of the first entry that the log still has; 1 as long as nothing is compacted.</param>
/// <param name="ElectionTimeout">After how much silence the node campaigns, as it was drawn; null for a leader.</param>
/// <param name="ElectionTimeoutLeft">How much of that is left; null for a leader.</param>
/// <param name="AwaitsReadmission">Whether the node lost its journal, and nothing that it says counts before the log readmits it.</param>
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
    /// <summary>The followers as the leader knows them; none where the node does not lead.</summary>
    public IReadOnlyList<FollowerStatus> Followers { get; init; } = [];
}

/// <summary>A follower as its leader knows it.</summary>
/// <param name="NodeId">The follower.</param>
/// <param name="IsReached">Whether it answered the leader within <c>raft.election-timeout-max</c>.</param>
/// <param name="MatchIndex">Last index that the leader knows to be on its disk (Raft, Figure 2).</param>
/// <param name="Stalled">For how long it has lacked committed entries and got none, in whole seconds.</param>
public sealed record FollowerStatus(NodeId NodeId, bool IsReached, LogIndex MatchIndex, TimeSpan Stalled)
{
    /// <summary>A follower that gets nothing for so long is not only slow.</summary>
    public static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    /// <summary>Whether it takes part: a write can count on it.</summary>
    public bool TakesPart => IsReached && Stalled < TooLong;
}

/// <summary>Answers inspection of a node that is not running.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Reason">Why it is down.</param>
/// <param name="IsHalted">Whether it stays down until a person does something.</param>
public sealed record NodeDown(NodeId NodeId, string Reason, bool IsHalted);

/// <summary>One member of the group.</summary>
/// <param name="NodeId">The member.</param>
/// <param name="Address">Where its Akka.Remote listens.</param>
public sealed record MemberStatus(NodeId NodeId, string Address);

/// <summary>Asks a node for a page of its log; answered by <see cref="LogPage"/>.</summary>
/// <param name="From">First index wanted.</param>
/// <param name="Limit">Number of entries, at the most; the page also ends where it would have more than <c>raft.max-append-bytes</c>.</param>
internal sealed record GetLog(LogIndex From, int Limit) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>A page of a node's log.</summary>
/// <param name="Entries">
/// The entries, in order; none only after the log's end. Where a snapshot replaces what was asked for, they begin at
/// <see cref="FirstIndex"/>.
/// </param>
/// <param name="CommitIndex">The node's commit index.</param>
/// <param name="LastApplied">Last index handed to the node's state machine.</param>
/// <param name="LastIndex">Index of the node's last entry.</param>
public sealed record LogPage(
    IReadOnlyList<LogEntry> Entries,
    LogIndex CommitIndex,
    LogIndex LastApplied,
    LogIndex LastIndex)
{
    /// <summary>First index that the node has an entry of; a snapshot replaces those before it.</summary>
    public LogIndex FirstIndex { get; init; } = LogIndex.Zero.Next();
}

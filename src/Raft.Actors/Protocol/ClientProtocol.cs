namespace Raft.Actors.Protocol;

/// <summary>A command that a client wants applied, or a session that it wants opened.</summary>
/// <param name="RequestId">Chosen by the client, a new one for each attempt; its reply carries it.</param>
/// <param name="Command">The bytes for the state machine's <c>Apply</c>; empty where a session is to be opened.</param>
internal sealed record Proposal(long RequestId, ReadOnlyMemory<byte> Command)
{
    /// <summary>What is to become of it: <see cref="EntryKind.Command"/> or <see cref="EntryKind.OpenSession"/>.</summary>
    public EntryKind Kind { get; init; } = EntryKind.Command;

    /// <summary>What the command is known by when it comes again; null where each time is a new command.</summary>
    public CommandOrigin? Origin { get; init; }

    /// <summary>The span of the client's request; null where it is not traced.</summary>
    public TraceParent? Trace { get; init; }
}

/// <summary>A query that a client wants answered.</summary>
/// <param name="RequestId">Chosen by the client; its reply carries it.</param>
/// <param name="Payload">The bytes for the state machine's <c>Query</c>.</param>
internal sealed record Query(long RequestId, ReadOnlyMemory<byte> Payload);

/// <summary>Commands of one client, to be appended in this order. Answered to the sender by <see cref="ClientReplies"/>.</summary>
/// <param name="Proposals">The commands.</param>
internal sealed record Propose(IReadOnlyList<Proposal> Proposals) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>Queries of one client. Answered to the sender by <see cref="ClientReplies"/>.</summary>
/// <param name="Queries">The queries.</param>
/// <param name="Consistency">How fresh the answers must be.</param>
internal sealed record ClientQuery(IReadOnlyList<Query> Queries, ReadConsistency Consistency) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>How fresh the answer to a query must be.</summary>
public enum ReadConsistency
{
    /// <summary>
    /// The answer reflects every write acknowledged before the query was asked: the leader first has a majority
    /// confirm that it still leads (Raft §8).
    /// </summary>
    Linearizable = 0,

    /// <summary>The asked node's own state, which may be behind by any amount.</summary>
    Stale = 1,

    /// <summary>
    /// As fresh as <see cref="Linearizable"/>, as long as no node's clock drifts more than <c>raft.max-clock-drift</c> allows: a
    /// leader that a majority answered lately asks nobody (dissertation §6.4.1). Refused where <c>raft.lease-reads</c> is off.
    /// </summary>
    Lease = 2,

    /// <summary>
    /// As fresh as <see cref="Linearizable"/>, answered by the asked node from its own state: it asks the leader only how far
    /// that must reach (dissertation §6.4).
    /// </summary>
    Follower = 3,
}

/// <summary>Asks a node who leads; answered by <see cref="LeaderIs"/>. A client sends commands only to a node that said it leads.</summary>
internal sealed record FindLeader : IClusterRequest
{
    /// <summary>The message of a client that does not know its cluster yet.</summary>
    public static readonly FindLeader Instance = new();

    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>Who leads, as far as the asked node knows.</summary>
/// <param name="IsSelf">Whether it is the asked node itself.</param>
/// <param name="Path">The leader's actor path; null where the asked node leads or knows of no leader.</param>
/// <param name="Term">The asked node's term: of two nodes that say they lead, the one with the newer term does.</param>
internal sealed record LeaderIs(bool IsSelf, string? Path, Term Term)
{
    /// <summary>The asked node's cluster; null where it has none, does not run, or is of a version that does not tell.</summary>
    public ClusterId? Cluster { get; init; }

    /// <summary>How many voting members that cluster has; 0 where <see cref="Cluster"/> is null.</summary>
    public int Voters { get; init; }
}

/// <summary>Answers to requests of one client.</summary>
/// <param name="Replies">One reply per request, in no fixed order.</param>
internal sealed record ClientReplies(IReadOnlyList<ClientReply> Replies);

/// <summary>The answer to one request.</summary>
/// <param name="RequestId">The request that is answered.</param>
public abstract record ClientReply(long RequestId);

/// <summary>
/// The command is committed, durable on a majority, and applied. A command that came again is answered as at its first time.
/// </summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="Index">Where the command stands in the log.</param>
/// <param name="Term">The term of its entry.</param>
/// <param name="Result">What the state machine's <c>Apply</c> returned.</param>
public sealed record CommandApplied(long RequestId, LogIndex Index, Term Term, ReadOnlyMemory<byte> Result)
    : ClientReply(RequestId);

/// <summary>The session is open, on all nodes.</summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="Session">The session.</param>
internal sealed record SessionOpened(long RequestId, SessionId Session) : ClientReply(RequestId);

/// <summary>
/// The command's session is not open: it was not used for <c>raft.session-timeout</c> of log time, or others took its place.
/// The command was not applied now; whether it was before, nobody knows any more.
/// </summary>
/// <param name="RequestId">The request that is answered.</param>
internal sealed record SessionExpired(long RequestId) : ClientReply(RequestId);

/// <summary>The query is answered.</summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="AppliedIndex">Last log index that the answer reflects.</param>
/// <param name="Result">What the state machine's <c>Query</c> returned.</param>
public sealed record QueryAnswered(long RequestId, LogIndex AppliedIndex, ReadOnlyMemory<byte> Result)
    : ClientReply(RequestId);

/// <summary>The asked node does not lead; nothing was done.</summary>
/// <param name="RequestId">The request that is answered.</param>
internal sealed record NotLeader(long RequestId) : ClientReply(RequestId);

/// <summary>The leader's queue, or what the session may keep, is full; nothing was done. Try again after a pause.</summary>
/// <param name="RequestId">The request that is answered.</param>
internal sealed record Overloaded(long RequestId) : ClientReply(RequestId);

/// <summary>The request can never succeed as it is; nothing was done.</summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="Reason">One sentence saying what to change.</param>
internal sealed record RequestRefused(long RequestId, string Reason) : ClientReply(RequestId);

/// <summary>
/// The command is in a log, but the leader lost its office before the command was committed: it may or may not be
/// applied later.
/// </summary>
/// <param name="RequestId">The request that is answered.</param>
/// <param name="Reason">One sentence saying what happened.</param>
internal sealed record OutcomeUnknown(long RequestId, string Reason) : ClientReply(RequestId)
{
    /// <summary>Whether the same command would be answered so again: then sending it once more is of no use.</summary>
    public bool IsFinal { get; init; }
}

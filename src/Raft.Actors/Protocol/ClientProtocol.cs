namespace Raft.Actors.Protocol;

/// <summary>A client's command, or its request to open a session.</summary>
/// <param name="RequestId">Chosen by the client, a new one for each attempt; the reply repeats it.</param>
/// <param name="Command">The bytes for the state machine's <c>Apply</c>; empty when opening a session.</param>
internal sealed record Proposal(long RequestId, ReadOnlyMemory<byte> Command)
{
    /// <summary><see cref="EntryKind.Command"/> or <see cref="EntryKind.OpenSession"/>.</summary>
    public EntryKind Kind { get; init; } = EntryKind.Command;

    /// <summary>Identifies the command when it is sent again; null if each attempt is a new command.</summary>
    public CommandOrigin? Origin { get; init; }

    /// <summary>The span of the client's request; null if it is not traced.</summary>
    public TraceParent? Trace { get; init; }
}

/// <summary>A client's query.</summary>
/// <param name="RequestId">Chosen by the client; the reply repeats it.</param>
/// <param name="Payload">The bytes for the state machine's <c>Query</c>.</param>
internal sealed record Query(long RequestId, ReadOnlyMemory<byte> Payload);

/// <summary>
/// Commands of one client, to be appended in this order. The sender is answered by <see cref="ClientReplies"/>.
/// </summary>
/// <param name="Proposals">The commands.</param>
internal sealed record Propose(IReadOnlyList<Proposal> Proposals) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>Queries of one client. The sender is answered by <see cref="ClientReplies"/>.</summary>
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
    /// The answer reflects every write that was acknowledged before the query was sent: first a majority confirms that the leader
    /// still leads (Raft §8, ReadIndex).
    /// </summary>
    Linearizable = 0,

    /// <summary>The receiving node's own state, which may be arbitrarily old.</summary>
    Stale = 1,

    /// <summary>
    /// As fresh as <see cref="Linearizable"/> as long as no clock drifts more than <c>raft.max-clock-drift</c>: a leader with a
    /// valid lease answers without another message (dissertation §6.4.1). Refused if <c>raft.lease-reads</c> is off.
    /// </summary>
    Lease = 2,

    /// <summary>
    /// As fresh as <see cref="Linearizable"/>, but answered by the receiving node from its own state. The leader only names the
    /// index up to which the node must have applied the log (dissertation §6.4).
    /// </summary>
    Follower = 3,
}

/// <summary>
/// Asks a node which node leads; answered by <see cref="LeaderIs"/>. A client sends commands only to a node that says it leads.
/// </summary>
internal sealed record FindLeader : IClusterRequest
{
    /// <summary>The message of a client that does not know its cluster yet.</summary>
    public static readonly FindLeader Instance = new();

    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>The leader that the answering node knows.</summary>
/// <param name="IsSelf">Whether the answering node itself leads.</param>
/// <param name="Path">The leader's actor path; null if the answering node leads or knows no leader.</param>
/// <param name="Term">The answering node's term. If two nodes say that they lead, the one with the newer term does.</param>
internal sealed record LeaderIs(bool IsSelf, string? Path, Term Term)
{
    /// <summary>The answering node's cluster; null if it has none, does not run, or has an older version.</summary>
    public ClusterId? Cluster { get; init; }

    /// <summary>The number of voting members of that cluster; 0 if <see cref="Cluster"/> is null.</summary>
    public int Voters { get; init; }
}

/// <summary>Answers to requests of one client.</summary>
/// <param name="Replies">One reply per request, in no fixed order.</param>
internal sealed record ClientReplies(IReadOnlyList<ClientReply> Replies);

/// <summary>The answer to one request.</summary>
/// <param name="RequestId">The answered request.</param>
public abstract record ClientReply(long RequestId);

/// <summary>
/// The command is committed, durable on a majority, and applied. A command that is sent again gets its first answer.
/// </summary>
/// <param name="RequestId">The answered request.</param>
/// <param name="Index">The command's log index.</param>
/// <param name="Term">The term of its entry.</param>
/// <param name="Result">What the state machine's <c>Apply</c> returned.</param>
public sealed record CommandApplied(long RequestId, LogIndex Index, Term Term, ReadOnlyMemory<byte> Result)
    : ClientReply(RequestId);

/// <summary>The session is open on all nodes.</summary>
/// <param name="RequestId">The answered request.</param>
/// <param name="Session">The session.</param>
internal sealed record SessionOpened(long RequestId, SessionId Session) : ClientReply(RequestId);

/// <summary>
/// The command's session is not open, because it was not used for <c>raft.session-timeout</c> of log time, or other sessions
/// displaced it. The command was not applied now; whether it was applied before is unknown.
/// </summary>
/// <param name="RequestId">The answered request.</param>
internal sealed record SessionExpired(long RequestId) : ClientReply(RequestId);

/// <summary>The query is answered.</summary>
/// <param name="RequestId">The answered request.</param>
/// <param name="AppliedIndex">Last log index that the answer reflects.</param>
/// <param name="Result">What the state machine's <c>Query</c> returned.</param>
public sealed record QueryAnswered(long RequestId, LogIndex AppliedIndex, ReadOnlyMemory<byte> Result)
    : ClientReply(RequestId);

/// <summary>The receiving node does not lead; the request had no effect.</summary>
/// <param name="RequestId">The answered request.</param>
internal sealed record NotLeader(long RequestId) : ClientReply(RequestId);

/// <summary>
/// The leader's queue or the session's reply buffer is full; the request had no effect. Try again after a pause.
/// </summary>
/// <param name="RequestId">The answered request.</param>
internal sealed record Overloaded(long RequestId) : ClientReply(RequestId);

/// <summary>The request can never succeed as it is; it had no effect.</summary>
/// <param name="RequestId">The answered request.</param>
/// <param name="Reason">What to change, as a sentence.</param>
internal sealed record RequestRefused(long RequestId, string Reason) : ClientReply(RequestId);

/// <summary>
/// The command is in a log, but the leader stepped down before the command was committed. It may or may not be applied later.
/// </summary>
/// <param name="RequestId">The answered request.</param>
/// <param name="Reason">What happened, as a sentence.</param>
internal sealed record OutcomeUnknown(long RequestId, string Reason) : ClientReply(RequestId)
{
    /// <summary>Whether sending the same command again would give the same answer.</summary>
    public bool IsFinal { get; init; }
}

using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>The kinds of requests.</summary>
internal enum RequestKind
{
    /// <summary>A command, in the client's session or with a key.</summary>
    Command,

    /// <summary>A query.</summary>
    Query,

    /// <summary>The opening of the client's session, which the client sends by itself.</summary>
    OpenSession,
}

/// <summary>A request from its submission to its completion. Only the client's actor changes it.</summary>
internal sealed class ClientRequest(RequestKind kind, ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<ClientReply> _reply =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of attempts that were sent and not rejected.</summary>
    private int _open;

    public RequestKind Kind { get; } = kind;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>How recent the answer to a query must be.</summary>
    public ReadConsistency Consistency { get; init; }

    /// <summary>The key of a command that does not belong to the client's session; else null.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>The request's span; null if it is not traced.</summary>
    public TraceParent? Trace { get; init; }

    public Task<ClientReply> Reply => _reply.Task;

    /// <summary>The id of the current attempt, assigned by the client's actor; 0 before the first.</summary>
    public long Id { get; set; }

    /// <summary>When the request times out, on the scheduler's monotonic clock.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>When the current attempt was sent; null if it was not.</summary>
    public TimeSpan? SentAt { get; private set; }

    /// <summary>The session of all of the command's attempts; null before the first.</summary>
    public ClientSession? Session { get; private set; }

    /// <summary>The command's number in that session, the same for all attempts.</summary>
    public long Sequence { get; private set; }

    public bool IsDone => _reply.Task.IsCompleted;

    /// <summary>Whether only the leader can answer the request, not the nearest node.</summary>
    public bool IsForLeader =>
        Kind != RequestKind.Query || Consistency is ReadConsistency.Linearizable or ReadConsistency.Lease;

    /// <summary>Whether the request is a command that still needs a session.</summary>
    public bool NeedsSession => Kind == RequestKind.Command && Key is null && Session is null;

    public int EncodedBytes => Payload.Length + ClientSettings.RequestOverhead + (Origin()?.EncodedBytes ?? 0)
        + (Trace is null ? 0 : TraceParent.EncodedBytes);

    /// <summary>Whether a node may have accepted an attempt, or may accept it later.</summary>
    public bool MayBeDone => _open > 0;

    public void Join(ClientSession session) => (Session, Sequence) = (session, session.Begin());

    public void Sent(TimeSpan now)
    {
        SentAt = now;
        _open++;
    }

    /// <summary>
    /// A node rejected the attempt. A message arrives at most once, so the attempt was not and will not be applied.
    /// </summary>
    public void OnRefused() => _open--;

    /// <summary>The session has expired; the next attempt uses the next session.</summary>
    public void LeaveSession() => (Session, Sequence) = (null, 0);

    /// <summary>Ends the current attempt; the request itself goes on.</summary>
    public void TakeBack() => SentAt = null;

    public CommandOrigin? Origin() =>
        Key is { } key ? new KeyedCommand(key)
        : Session is { } session ? new SessionCommand(session.Id, Sequence, session.Acknowledged)
        : null;

    public void Succeed(ClientReply reply) => _reply.TrySetResult(reply);

    public void Fail(RaftClientException exception) => _reply.TrySetException(exception);

    /// <summary>Fails the request. The outcome of a command that a node may have accepted is unknown.</summary>
    public void GiveUp(string why)
    {
        if (Kind == RequestKind.Command && MayBeDone)
            Fail(new OutcomeUnknownException($"{why}; the command may or may not have been applied, now or later."));
        else
            Fail(new RaftUnavailableException($"{why}; nothing was done."));
    }
}

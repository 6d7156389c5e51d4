using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>What a request asks for.</summary>
internal enum RequestKind
{
    /// <summary>A command, in the client's session or with a key.</summary>
    Command,

    /// <summary>A query.</summary>
    Query,

    /// <summary>The client's session, which no caller asks for.</summary>
    OpenSession,
}

/// <summary>One request of a caller, from its submission to its end. Only the client's actor changes it.</summary>
internal sealed class ClientRequest(RequestKind kind, ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<ClientReply> _reply =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Attempts that were sent and not refused.</summary>
    private int _open;

    public RequestKind Kind { get; } = kind;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>Of a query.</summary>
    public ReadConsistency Consistency { get; init; }

    /// <summary>Of a command that is known by a key and not by the client's session.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>The request's span, where it is traced.</summary>
    public TraceParent? Trace { get; init; }

    public Task<ClientReply> Reply => _reply.Task;

    /// <summary>Given by the client's actor, a new one for each attempt; 0 before.</summary>
    public long Id { get; set; }

    /// <summary>When the request ends without an answer, on the scheduler's monotonic clock.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>When this attempt was sent; null while no node has it.</summary>
    public TimeSpan? SentAt { get; private set; }

    /// <summary>The session that it was sent under for the first time, and is sent under again; null before.</summary>
    public ClientSession? Session { get; private set; }

    /// <summary>Its number in that session: the same for each attempt.</summary>
    public long Sequence { get; private set; }

    public bool IsDone => _reply.Task.IsCompleted;

    /// <summary>Whether it is for the leader and not for the nearest node.</summary>
    public bool IsForLeader =>
        Kind != RequestKind.Query || Consistency is ReadConsistency.Linearizable or ReadConsistency.Lease;

    /// <summary>Whether it is a command that needs the client's session, and has none yet.</summary>
    public bool NeedsSession => Kind == RequestKind.Command && Key is null && Session is null;

    public int EncodedBytes => Payload.Length + ClientSettings.RequestOverhead + (Origin()?.EncodedBytes ?? 0)
        + (Trace is null ? 0 : TraceParent.EncodedBytes);

    /// <summary>Whether an attempt may have been taken, or be taken later.</summary>
    public bool MayBeDone => _open > 0;

    public void Join(ClientSession session) => (Session, Sequence) = (session, session.Begin());

    public void Sent(TimeSpan now)
    {
        SentAt = now;
        _open++;
    }

    /// <summary>A node refused this attempt. A message comes once at the most, so that attempt is not done and won't be.</summary>
    public void OnRefused() => _open--;

    /// <summary>The session is gone; the command goes under the next one.</summary>
    public void LeaveSession() => (Session, Sequence) = (null, 0);

    /// <summary>This attempt is over, without an end for the caller.</summary>
    public void TakeBack() => SentAt = null;

    public CommandOrigin? Origin() =>
        Key is { } key ? new KeyedCommand(key)
        : Session is { } session ? new SessionCommand(session.Id, Sequence, session.Acknowledged)
        : null;

    public void Succeed(ClientReply reply) => _reply.TrySetResult(reply);

    public void Fail(RaftClientException exception) => _reply.TrySetException(exception);

    /// <summary>
    /// The time is over. A command that a node may have taken has an unknown outcome.
    /// </summary>
    public void GiveUp(string why)
    {
        if (Kind == RequestKind.Command && MayBeDone)
            Fail(new OutcomeUnknownException($"{why}; the command may or may not have been applied, now or later."));
        else
            Fail(new RaftUnavailableException($"{why}; nothing was done."));
    }
}

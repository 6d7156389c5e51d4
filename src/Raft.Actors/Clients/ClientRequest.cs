using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>What a request asks for.</summary>
internal enum RequestKind
{
    /// <summary>A command, which must not be sent twice.</summary>
    Command,

    /// <summary>A linearizable question, which may be sent again.</summary>
    Question,

    /// <summary>A question to the nearest node.</summary>
    StaleQuestion,
}

/// <summary>One request of a caller, from its submission to its end. Only the client's actor changes it.</summary>
internal sealed class ClientRequest(RequestKind kind, ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<ClientReply> _reply =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RequestKind Kind { get; } = kind;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public int EncodedBytes => Payload.Length + ClientSettings.RequestOverhead;

    public Task<ClientReply> Reply => _reply.Task;

    /// <summary>Given by the client's actor; 0 before.</summary>
    public long Id { get; set; }

    /// <summary>When the request ends without an answer, on the scheduler's monotonic clock.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>When it was sent; null while no node has it.</summary>
    public TimeSpan? SentAt { get; set; }

    public bool IsDone => _reply.Task.IsCompleted;

    public void Succeed(ClientReply reply) => _reply.TrySetResult(reply);

    public void Fail(RaftClientException exception) => _reply.TrySetException(exception);

    /// <summary>The time is over: a command that a node may have got has an unknown outcome.</summary>
    public void GiveUp(string why)
    {
        if (Kind == RequestKind.Command && SentAt is not null)
            Fail(new OutcomeUnknownException($"{why}; the command may or may not have been applied, now or later."));
        else
            Fail(new NotDoneException($"{why}; nothing was done."));
    }
}

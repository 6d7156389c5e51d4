namespace Raft.Actors.Clients;

/// <summary>A request had no good end. The type says what is known of its outcome.</summary>
public abstract class RaftClientException : Exception
{
    private protected RaftClientException(string message)
        : base(message)
    {
    }
}

/// <summary>Nothing was done, and nothing will be: no node took the command. The request may be sent again.</summary>
/// <param name="message">Why.</param>
public sealed class RaftUnavailableException(string message) : RaftClientException(message);

/// <summary>A limit was reached and nothing was done. Send the request again after a pause.</summary>
/// <param name="message">Which limit.</param>
public sealed class OverloadedException(string message) : RaftClientException(message);

/// <summary>The request can't succeed as it is; nothing was done. Sending it again does not help.</summary>
/// <param name="message">What to change.</param>
public sealed class RequestRefusedException(string message) : RaftClientException(message);

/// <summary>
/// The command may have been applied, may be applied later, or never: the client sent it as often as its time allowed, and no
/// answer came. It is applied once at the most; but given to a client again it is a new command. Read first, use a
/// command that does no harm twice, such as compare-and-set, or give it an <see cref="Protocol.IdempotencyKey"/> from the start.
/// </summary>
/// <param name="message">What happened.</param>
public sealed class OutcomeUnknownException(string message) : RaftClientException(message);

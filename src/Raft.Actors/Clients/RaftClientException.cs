namespace Raft.Actors.Clients;

/// <summary>
/// A request of an <see cref="IRaftClient"/> failed. The type says whether the command was applied. Calls of a group fail with a
/// <c>RaftGroupException</c> instead.
/// </summary>
public abstract class RaftClientException : Exception
{
    private protected RaftClientException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// No node accepted the command, so it was not and will not be applied; or no node answered the query. Retry is safe.
/// </summary>
/// <param name="message">The reason.</param>
public sealed class RaftUnavailableException(string message) : RaftClientException(message);

/// <summary>A limit was reached, and the command was not applied. Retry after a pause.</summary>
/// <param name="message">The limit.</param>
public sealed class OverloadedException(string message) : RaftClientException(message);

/// <summary>The request can't succeed as it is, and the command was not applied. A retry does not help.</summary>
/// <param name="message">What to change.</param>
public sealed class RequestRefusedException(string message) : RaftClientException(message);

/// <summary>
/// The command may or may not have been applied, or may be applied later: the client sent it as often as its time allowed, and no
/// answer came. The group applies it at most once; but a caller that sends it again sends a new command. Read the state first,
/// use an idempotent command such as compare-and-set, or give the command an <see cref="Protocol.IdempotencyKey"/> from the
/// start.
/// </summary>
/// <param name="message">What happened.</param>
public sealed class OutcomeUnknownException(string message) : RaftClientException(message);

using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// Sends commands and queries to a Raft group (Raft §8). Thread-safe; one client serves any number of callers. Requests that fail
/// throw a <see cref="RaftClientException"/>, whose type says whether the command was applied.
/// </summary>
/// <example>
/// <code>
/// await using var client = group.CreateClient();
/// var applied = await client.ProposeAsync(command);
/// var answer = await client.QueryAsync(query);
/// </code>
/// </example>
public interface IRaftClient : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// Appends a command, waits until a majority has it on disk, and returns the state machine's result. The group applies the
    /// command once, however often the client has to send it (dissertation §6.3).
    /// </summary>
    /// <param name="command">The command's bytes; they must not change until the task ends.</param>
    /// <param name="cancellationToken">Stops waiting, not the command: its outcome is then unknown.</param>
    /// <returns>The result, and the command's position in the log.</returns>
    /// <exception cref="RaftUnavailableException">
    /// No leader accepted the command within <c>raft.client.request-timeout</c>; it was not and will not be applied.
    /// </exception>
    /// <exception cref="OverloadedException">The client has too many pending requests; the command was not applied.</exception>
    /// <exception cref="RequestRefusedException">The command is too large; it was not applied.</exception>
    /// <exception cref="OutcomeUnknownException">
    /// The timeout or the session expired, or the client was stopped. The command may or may not have been applied.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped; the command was not sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommandApplied> ProposeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends a command that the caller may send again itself, also through another client or after a restart. All attempts with
    /// the same key are one command, and get its result. The group remembers the newest <c>raft.max-sessions</c> keys for
    /// <c>raft.session-timeout</c>, and each key for at least <c>raft.idempotency-retention</c>.
    /// </summary>
    /// <param name="command">The command's bytes, the same at each attempt; they must not change until the task ends.</param>
    /// <param name="key">The command's key.</param>
    /// <param name="cancellationToken">Stops waiting, not the command: its outcome is then unknown.</param>
    /// <returns>The result and the command's position in the log, as for the first attempt.</returns>
    /// <exception cref="RaftUnavailableException">
    /// No leader accepted the command within <c>raft.client.request-timeout</c>; this attempt will not be applied.
    /// </exception>
    /// <exception cref="OverloadedException">
    /// The client has too many pending requests, or the group too many young keys; the command was not applied.
    /// </exception>
    /// <exception cref="RequestRefusedException">The command is too large, or the key belongs to another command.</exception>
    /// <exception cref="OutcomeUnknownException">The timeout expired; send the command again with the same key.</exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped; the command was not sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, IdempotencyKey key, CancellationToken cancellationToken = default);

    /// <summary>Answers a query from the state machine, without an entry in the log (dissertation §6.4).</summary>
    /// <param name="query">The query's bytes; they must not change until the task ends.</param>
    /// <param name="consistency">How recent the answer must be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer, and the log index up to which it reflects the state.</returns>
    /// <exception cref="RaftUnavailableException">No node answered within <c>raft.client.request-timeout</c>.</exception>
    /// <exception cref="OverloadedException">The client or the node has too many pending requests.</exception>
    /// <exception cref="RequestRefusedException">The state machine can't answer, or the answer is too large.</exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<QueryAnswered> QueryAsync(
        ReadOnlyMemory<byte> query,
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellationToken = default);
}

using System.Diagnostics;
using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Clients;

/// <summary>
/// Sends commands and queries to a Raft group (Raft §8). It can be given any node and finds the leader by itself, sends
/// what comes at the same time in one message, and sends again what was not answered: a session makes each command be applied
/// once (dissertation §6.3). Thread-safe; one client serves any number of callers.
/// </summary>
/// <example>
/// <code>
/// await using var client = RaftClient.Create(system, [node], new ClientSettings(system.Settings.Config));
/// var applied = await client.ProposeAsync(command);
/// var answer = await client.QueryAsync(query);
/// </code>
/// </example>
public sealed class RaftClient : IAsyncDisposable, IDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _actor;
    private volatile bool _isDisposed;

    private RaftClient(ActorSystem system, IActorRef actor)
    {
        _system = system;
        _actor = actor;
    }

    /// <summary>Makes a client.</summary>
    /// <param name="system">The ActorSystem that it runs in.</param>
    /// <param name="contacts">
    /// Nodes of one cluster to ask first, at least one. Stale and follower queries go to the first. Where
    /// <c>raft.cluster-id</c> is not set, the client is of the cluster that a leader and at least half of them are of, and asks
    /// nobody else from then on.
    /// </param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <exception cref="ArgumentException">There is no contact.</exception>
    public static RaftClient Create(ActorSystem system, IReadOnlyList<IActorRef> contacts, ClientSettings settings)
    {
        if (contacts.Count == 0) throw new ArgumentException("Name at least one node to ask.", nameof(contacts));
        return Create(system, () => contacts, settings, ContactKind.Named, new OwnCluster(settings.ClusterId));
    }

    /// <summary>As <see cref="Create(ActorSystem, IReadOnlyList{IActorRef}, ClientSettings)"/>, where contacts come and go.</summary>
    /// <param name="system">The ActorSystem that it runs in.</param>
    /// <param name="contacts">Gives the nodes to ask first; there may be none at first.</param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <param name="kind">Where the contacts come from.</param>
    /// <param name="cluster">The process's cluster, which the client learns where it is not known yet.</param>
    internal static RaftClient Create(
        ActorSystem system,
        Func<IReadOnlyList<IActorRef>> contacts,
        ClientSettings settings,
        ContactKind kind,
        OwnCluster cluster)
    {
        Func<string, IActorRef> resolve = ((ExtendedActorSystem)system).Provider.ResolveActorRef;
        var actor = Props.Create(() => new RaftClientActor(contacts, resolve, settings, kind, cluster));
        return new RaftClient(system, system.ActorOf(actor));
    }

    /// <summary>
    /// Appends a command, waits until a majority has it on disk, and returns the state machine's result. It is applied once,
    /// however often the client has to send it.
    /// </summary>
    /// <param name="command">The command's bytes; they must not change until the task ends.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command: its outcome is then unknown.</param>
    /// <returns>The result and the command's place in the log.</returns>
    /// <exception cref="RaftUnavailableException">No leader took the command in time; it was not and will not be applied.</exception>
    /// <exception cref="OverloadedException">The client has too many requests under way; the command was not sent.</exception>
    /// <exception cref="RequestRefusedException">The command is too large; it was not applied.</exception>
    /// <exception cref="OutcomeUnknownException">
    /// The time is over, the session expired or the client was stopped, and nobody knows whether the command was or will be applied.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped; the command was not sent.</exception>
    public async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        await ProposeAsync(command, key: null, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// As <see cref="ProposeAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, for a command that the caller may send again itself,
    /// also through another client or after a restart: all attempts with the same key are one command, and get its answer. The
    /// group remembers the newest <c>raft.max-sessions</c> keys for <c>raft.session-timeout</c>, and each for at least
    /// <c>raft.idempotency-retention</c>.
    /// </summary>
    /// <param name="command">The command's bytes, the same at each attempt; they must not change until the task ends.</param>
    /// <param name="key">The command's key.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command: its outcome is then unknown.</param>
    /// <returns>The result and the command's place in the log, as at the first attempt.</returns>
    /// <exception cref="RaftUnavailableException">No leader took the command in time; this attempt will not be applied.</exception>
    /// <exception cref="OverloadedException">
    /// The client has too many requests under way, or the group too many young keys; the command was not applied.
    /// </exception>
    /// <exception cref="RequestRefusedException">The command is too large, or the key was used for another command.</exception>
    /// <exception cref="OutcomeUnknownException">The time is over; send the command again with the same key.</exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped; the command was not sent.</exception>
    public async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, IdempotencyKey key, CancellationToken cancellationToken = default) =>
        await ProposeAsync(command, (IdempotencyKey?)key, cancellationToken).ConfigureAwait(false);

    /// <summary>Answers a query from the state machine. The log does not grow by it.</summary>
    /// <param name="query">The query's bytes; they must not change until the task ends.</param>
    /// <param name="consistency">How fresh the answer must be.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The answer and the index that it reflects.</returns>
    /// <exception cref="RaftUnavailableException">Nobody answered in time.</exception>
    /// <exception cref="OverloadedException">A limit is reached.</exception>
    /// <exception cref="RequestRefusedException">The state machine could not answer, or the answer is too large.</exception>
    public async Task<QueryAnswered> QueryAsync(
        ReadOnlyMemory<byte> query,
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellationToken = default)
    {
        using var span = Spans.Request("raft.query");
        var request = new ClientRequest(RequestKind.Query, query) { Consistency = consistency };
        return (QueryAnswered)await SubmitAsync(request, span, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the client. Requests under way end as if their time were over.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_system.WhenTerminated.IsCompleted) return;
        await _actor.GracefulStop(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, without waiting.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _system.Stop(_actor);
    }

    private async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        using var span = Spans.Request("raft.propose");
        var request = new ClientRequest(RequestKind.Command, command)
        {
            Key = key,
            Trace = span is null ? null : Spans.ParentOf(span),
        };
        return (CommandApplied)await SubmitAsync(request, span, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClientReply> SubmitAsync(ClientRequest request, Activity? span, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _system.WhenTerminated.IsCompleted, this);
        _actor.Tell(request, ActorRefs.NoSender);
        try
        {
            return await request.Reply.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}

using System.Diagnostics;
using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Clients;

/// <summary>
/// The client of a Raft group in an ActorSystem (Raft §8). It can be given any node and finds the leader by itself, sends
/// concurrent requests in one message, and repeats unanswered requests. A session makes the group apply each command once
/// (dissertation §6.3). Thread-safe; one client serves any number of callers.
/// </summary>
/// <example>
/// <code>
/// await using var client = RaftClient.Create(system, [node], new ClientSettings(system.Settings.Config));
/// var applied = await client.ProposeAsync(command);
/// var answer = await client.QueryAsync(query);
/// </code>
/// </example>
public sealed class RaftClient : IRaftClient
{
    private readonly ActorSystem _system;
    private readonly IActorRef _actor;
    private volatile bool _isDisposed;

    private RaftClient(ActorSystem system, IActorRef actor)
    {
        _system = system;
        _actor = actor;
    }

    /// <summary>Creates a client for nodes that the caller knows. The caller disposes of it.</summary>
    /// <param name="system">The client's ActorSystem.</param>
    /// <param name="contacts">
    /// At least one node of the cluster, to be contacted first. Stale and follower queries go to the first of them. Without
    /// <c>raft.cluster-id</c>, the client learns its cluster from a leader and at least half of the contacts, and sends requests
    /// to no other cluster from then on.
    /// </param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <exception cref="ArgumentException">There is no contact.</exception>
    public static RaftClient Create(ActorSystem system, IReadOnlyList<IActorRef> contacts, ClientSettings settings)
    {
        if (contacts.Count == 0) throw new ArgumentException("Name at least one node to ask.", nameof(contacts));
        return Create(system, () => contacts, settings, ContactKind.Named, new OwnCluster(settings.ClusterId));
    }

    /// <summary>Creates a client whose contacts come and go.</summary>
    /// <param name="system">The client's ActorSystem.</param>
    /// <param name="contacts">Returns the nodes to contact first; it may return none at first.</param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <param name="kind">Where the contacts come from.</param>
    /// <param name="cluster">The process's cluster, which the client learns if it is not known yet.</param>
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

    /// <inheritdoc/>
    public async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        await ProposeAsync(command, key: null, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, IdempotencyKey key, CancellationToken cancellationToken = default) =>
        await ProposeAsync(command, (IdempotencyKey?)key, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<QueryAnswered> QueryAsync(
        ReadOnlyMemory<byte> query,
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellationToken = default)
    {
        using var span = Spans.Request("raft.query");
        var request = new ClientRequest(RequestKind.Query, query) { Consistency = consistency };
        return (QueryAnswered)await SubmitAsync(request, span, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops the client and waits until it has stopped, for up to five seconds. Pending requests end as if their timeout had
    /// expired.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_system.WhenTerminated.IsCompleted) return;
        await _actor.GracefulStop(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    /// <summary>Stops the client without waiting. Pending requests end as if their timeout had expired.</summary>
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

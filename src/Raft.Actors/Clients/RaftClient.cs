using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// Sends commands and questions to a Raft group (Raft §8). It can be given any node and finds the leader by itself, sends
/// what comes at the same time in one message, and sends again what is safe to send again. Thread-safe; one client serves
/// any number of callers.
/// </summary>
/// <example>
/// <code>
/// await using var client = RaftClient.Create(system, [node], new ClientSettings(system.Settings.Config));
/// var applied = await client.ProposeAsync(command);
/// var answer = await client.AskAsync(question);
/// </code>
/// </example>
public sealed class RaftClient : IAsyncDisposable
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
    /// <param name="contacts">Nodes to ask first, at least one. Stale questions go to the first.</param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <exception cref="ArgumentException">There is no contact.</exception>
    public static RaftClient Create(ActorSystem system, IReadOnlyList<IActorRef> contacts, ClientSettings settings)
    {
        if (contacts.Count == 0) throw new ArgumentException("Name at least one node to ask.", nameof(contacts));
        Func<string, IActorRef> resolve = ((ExtendedActorSystem)system).Provider.ResolveActorRef;
        return new RaftClient(system, system.ActorOf(Props.Create(() => new RaftClientActor(contacts, resolve, settings))));
    }

    /// <summary>
    /// Appends a command, waits until a majority has it on disk, and returns the state machine's result.
    /// </summary>
    /// <param name="command">The command's bytes; they must not change until the task ends.</param>
    /// <param name="cancellation">Ends the waiting, not the command: its outcome is then unknown.</param>
    /// <returns>The result and the command's place in the log.</returns>
    /// <exception cref="NotDoneException">No leader took the command in time; it was not and will not be applied.</exception>
    /// <exception cref="OverloadedException">A limit is reached; the command was not applied.</exception>
    /// <exception cref="RequestRefusedException">The command is too large; it was not applied.</exception>
    /// <exception cref="OutcomeUnknownException">Nobody knows whether the command was or will be applied.</exception>
    /// <exception cref="ObjectDisposedException">The client or its ActorSystem was stopped; the command was not sent.</exception>
    public async Task<CommandApplied> ProposeAsync(
        ReadOnlyMemory<byte> command, CancellationToken cancellation = default) =>
        (CommandApplied)await SubmitAsync(RequestKind.Command, command, cancellation).ConfigureAwait(false);

    /// <summary>Answers a question from the state machine. The log does not grow by it.</summary>
    /// <param name="question">The question's bytes; they must not change until the task ends.</param>
    /// <param name="consistency">How fresh the answer must be.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer and the index that it reflects.</returns>
    /// <exception cref="NotDoneException">Nobody answered in time.</exception>
    /// <exception cref="OverloadedException">A limit is reached.</exception>
    /// <exception cref="RequestRefusedException">The state machine could not answer, or the answer is too large.</exception>
    public async Task<QuestionAnswered> AskAsync(
        ReadOnlyMemory<byte> question,
        ReadConsistency consistency = ReadConsistency.Linearizable,
        CancellationToken cancellation = default)
    {
        var kind = consistency == ReadConsistency.Stale ? RequestKind.StaleQuestion : RequestKind.Question;
        return (QuestionAnswered)await SubmitAsync(kind, question, cancellation).ConfigureAwait(false);
    }

    /// <summary>Stops the client. Requests under way end as if their time were over.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _actor.GracefulStop(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    private async Task<ClientReply> SubmitAsync(
        RequestKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _system.WhenTerminated.IsCompleted, this);
        var request = new ClientRequest(kind, payload);
        _actor.Tell(request, ActorRefs.NoSender);
        return await request.Reply.WaitAsync(cancellation).ConfigureAwait(false);
    }
}

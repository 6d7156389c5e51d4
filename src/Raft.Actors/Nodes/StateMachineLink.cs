using System.Buffers;
using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>The node's connection to its state machine's actor: what it was sent, and how far it is.</summary>
/// <param name="settings">The node's settings.</param>
/// <param name="telemetry">Measures the state machine's work.</param>
/// <param name="machine">Creates an empty state machine; called once, at the start.</param>
internal sealed class StateMachineLink(RaftSettings settings, NodeTelemetry telemetry, Func<IStateMachine> machine)
{
    private IActorRef _actor = ActorRefs.Nobody;
    private LogIndex _installedIndex = LogIndex.Zero;
    private Exception? _failure;

    /// <summary>The newest entry that the state machine has applied.</summary>
    public LogIndex LastApplied { get; private set; } = LogIndex.Zero;

    /// <summary>Queries that were sent and not answered yet.</summary>
    public int Unanswered { get; private set; }

    /// <summary>
    /// Whether the state machine has yet to restore the leader's snapshot; until then the node acknowledges nothing.
    /// </summary>
    public bool IsRestoring => LastApplied < _installedIndex;

    /// <summary>Starts the state machine's actor as a child of the node.</summary>
    public void Start(IActorContext context)
    {
        _actor = context.ActorOf(
            StateMachineActor.Props(machine(), context.Parent, settings.MaxAppendBytes, telemetry), "state-machine");
        context.Watch(_actor);
    }

    /// <summary>Sends committed entries, which the state machine applies in order (Raft §5.3).</summary>
    public void Apply(IReadOnlyList<LogEntry> entries, IReadOnlyList<WaitingClient> waiting) =>
        _actor.Tell(new ApplyCommitted(entries, waiting) { CommittedAt = telemetry.ApplyBegins() });

    /// <summary>Whether the limit allows one more query.</summary>
    public bool HasRoom(int waiting = 0) => Unanswered + waiting < settings.MaxPendingReads;

    /// <summary>Makes the state machine answer a client's queries after all entries that were sent before.</summary>
    public void Answer(IActorRef client, List<Query> queries)
    {
        Unanswered += queries.Count;
        telemetry.ReadsAccepted(queries.Count);
        _actor.Tell(new AnswerQueries(client, queries));
    }

    /// <summary>Makes the state machine write a snapshot of its state.</summary>
    public void WriteSnapshot(SnapshotPurpose purpose) => _actor.Tell(new WriteSnapshot(purpose));

    /// <summary>Makes the state machine restore a snapshot of the node's own journal.</summary>
    public void Restore(LogIndex index, ReadOnlySequence<byte> snapshot) => _actor.Tell(new RestoreSnapshot(index, snapshot));

    /// <summary>Makes the state machine restore the leader's snapshot.</summary>
    public void Install(LogIndex index, ReadOnlySequence<byte> snapshot)
    {
        _installedIndex = index;
        Restore(index, snapshot);
    }

    /// <summary>The state machine has applied entries or restored a snapshot.</summary>
    public void OnApplied(EntriesApplied applied) => LastApplied = applied.LastApplied;

    /// <summary>The state machine has answered queries.</summary>
    public void OnAnswered(QueriesAnswered answered) => Unanswered -= answered.Count;

    /// <summary>The state machine threw an exception; its actor stops.</summary>
    public void OnFailure(Exception failure) => _failure = failure;

    /// <summary>The reason to halt a node whose state machine has stopped.</summary>
    public NodeHaltedException Failure() => new(
        $"the state machine failed: {_failure?.Message ?? "it stopped"}. Fix the state machine and start the node again.");
}

using System.Buffers;
using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>A node's side of its state machine's actor: what that was told to do, and how far it is.</summary>
/// <param name="settings">Limits.</param>
/// <param name="telemetry">Is told what the state machine gets.</param>
/// <param name="machine">Makes an empty state machine; called once, at the start.</param>
internal sealed class StateMachineLink(RaftSettings settings, NodeTelemetry telemetry, Func<IStateMachine> machine)
{
    private IActorRef _actor = ActorRefs.Nobody;
    private LogIndex _installedIndex = LogIndex.Zero;
    private Exception? _failure;

    /// <summary>The newest entry that the state machine has applied.</summary>
    public LogIndex LastApplied { get; private set; } = LogIndex.Zero;

    /// <summary>Queries that the state machine has and has not answered.</summary>
    public int Unanswered { get; private set; }

    /// <summary>
    /// Whether the state machine does not have the leader's snapshot yet: until then the node acknowledges nothing.
    /// </summary>
    public bool IsRestoring => LastApplied < _installedIndex;

    /// <summary>Starts the state machine's actor as a child of the node.</summary>
    public void Start(IActorContext context)
    {
        _actor = context.ActorOf(
            StateMachineActor.Props(machine(), context.Parent, settings.MaxAppendBytes, telemetry), "state-machine");
        context.Watch(_actor);
    }

    /// <summary>Hands over committed entries; it applies them in order (Raft §5.3).</summary>
    public void Apply(IReadOnlyList<LogEntry> entries, IReadOnlyList<WaitingClient> waiting) =>
        _actor.Tell(new ApplyCommitted(entries, waiting) { CommittedAt = telemetry.ApplyBegins() });

    /// <summary>Whether one query more may go to the state machine, beside those that wait elsewhere.</summary>
    public bool HasRoom(int waiting = 0) => Unanswered + waiting < settings.MaxPendingReads;

    /// <summary>Has the state machine answer a client's queries, from the state that all entries before give.</summary>
    public void Answer(IActorRef client, List<Query> queries)
    {
        Unanswered += queries.Count;
        telemetry.ReadsTaken(queries.Count);
        _actor.Tell(new AnswerQueries(client, queries));
    }

    /// <summary>Has the state machine write a snapshot of its state.</summary>
    public void WriteSnapshot(SnapshotPurpose purpose) => _actor.Tell(new WriteSnapshot(purpose));

    /// <summary>Gives the state machine the snapshot that the node's own journal has.</summary>
    public void Restore(LogIndex index, ReadOnlySequence<byte> snapshot) => _actor.Tell(new RestoreSnapshot(index, snapshot));

    /// <summary>Gives the state machine a snapshot of the leader.</summary>
    public void Install(LogIndex index, ReadOnlySequence<byte> snapshot)
    {
        _installedIndex = index;
        Restore(index, snapshot);
    }

    /// <summary>The state machine has applied entries, or a snapshot.</summary>
    public void OnApplied(EntriesApplied applied) => LastApplied = applied.LastApplied;

    /// <summary>The state machine has answered queries.</summary>
    public void OnAnswered(QueriesAnswered answered) => Unanswered -= answered.Count;

    /// <summary>The state machine threw; its actor ends.</summary>
    public void OnFailure(Exception failure) => _failure = failure;

    /// <summary>Why a node whose state machine has ended can't go on.</summary>
    public NodeHaltedException Failure() => new(
        $"the state machine failed: {_failure?.Message ?? "it stopped"}. Mend it and start the node again.");
}

using System.Buffers;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.Telemetry;

namespace Raft.Actors.StateMachines;

/// <summary>
/// Owns a node's state machine, so that slow commands and snapshots never delay a heartbeat (§5.1). It applies each index exactly
/// once, in order (Raft §5.3, Figure 3: State Machine Safety), and answers the clients. A command that is sent again gets its
/// first answer (dissertation §6.3).
/// </summary>
/// <param name="machine">The user's state machine.</param>
/// <param name="replyAs">The sender of the answers to clients.</param>
/// <param name="maxReplyBytes">Maximum encoded size of one message to a client in bytes.</param>
/// <param name="telemetry">Measures the state machine.</param>
internal sealed class StateMachineActor(
    IStateMachine machine, IActorRef replyAs, int maxReplyBytes, NodeTelemetry telemetry) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SessionTable _sessions = new(machine.Apply);
    private LogIndex _lastApplied = LogIndex.Zero;

    public static Props Props(IStateMachine machine, IActorRef replyAs, int maxReplyBytes, NodeTelemetry telemetry) =>
        Akka.Actor.Props.Create(() => new StateMachineActor(machine, replyAs, maxReplyBytes, telemetry));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ApplyCommitted apply: OnApply(apply); break;
            case AnswerQueries answer: OnAnswer(answer); break;
            case WriteSnapshot write: OnWriteSnapshot(write); break;
            case RestoreSnapshot restore: OnRestore(restore); break;
            default: Unhandled(message); break;
        }
    }

    private void OnApply(ApplyCommitted apply)
    {
        var replies = new ReplyBatches(replyAs, maxReplyBytes);
        using var waiting = apply.Waiting.GetEnumerator();
        var isWaiting = waiting.MoveNext();
        foreach (var entry in apply.Entries)
        {
            var isAwaited = isWaiting && waiting.Current.Index == entry.Index;
            var span = isAwaited ? telemetry.Span("raft.apply", ActivityKind.Internal, waiting.Current.Accepted.Parent) : null;
            var reply = Apply(entry);
            Spans.End(span);
            if (!isAwaited || reply is null) continue;
            replies.Add(waiting.Current.Client, reply with { RequestId = waiting.Current.RequestId });
            isWaiting = waiting.MoveNext();
        }

        if (isWaiting)
            throw new InvalidOperationException(
                $"A client waits for index {waiting.Current.Index}, which is not among those applied up to {_lastApplied}.");
        replies.Send();
        telemetry.Applied(apply.CommittedAt);
        Context.Parent.Tell(new EntriesApplied(_lastApplied));
    }

    private ClientReply? Apply(LogEntry entry)
    {
        if (entry.Index != _lastApplied.Next())
            throw new InvalidOperationException($"Entry {entry.Index} can't be applied after entry {_lastApplied}.");
        _lastApplied = entry.Index;
        return _sessions.Apply(entry);
    }

    private void OnAnswer(AnswerQueries answer)
    {
        var replies = new ReplyBatches(replyAs, maxReplyBytes);
        foreach (var query in answer.Queries) replies.Add(answer.Client, Answer(query));
        replies.Send();
        Context.Parent.Tell(new QueriesAnswered(answer.Queries.Count));
    }

    private void OnWriteSnapshot(WriteSnapshot write)
    {
        var began = telemetry.SnapshotBegins();
        try
        {
            var bytes = SnapshotFormat.Write(_sessions.State(), machine);
            telemetry.SnapshotEnds("take", began);
            telemetry.SnapshotSize(bytes.Length);
            Context.Parent.Tell(new SnapshotWritten(write.Purpose, _lastApplied, bytes));
        }
#pragma warning disable CA1031 // The user's code may throw anything; it has not changed its state.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.Warning(e, "The state machine could not write a snapshot.");
            Context.Parent.Tell(new SnapshotFailed(write.Purpose, e.Message));
        }
    }

    private void OnRestore(RestoreSnapshot restore)
    {
        if (restore.Index <= _lastApplied)
            throw new InvalidOperationException(
                $"A snapshot of entry {restore.Index} can't replace the state of entry {_lastApplied}.");
        var began = telemetry.SnapshotBegins();
        var bytes = restore.Bytes;
        _sessions.Restore(SnapshotFormat.ReadSessions(ref bytes));
        machine.Restore(bytes);
        telemetry.SnapshotEnds("restore", began);
        _lastApplied = restore.Index;
        Context.Parent.Tell(new EntriesApplied(_lastApplied));
    }

    private ClientReply Answer(Query query)
    {
        try
        {
            return new QueryAnswered(query.RequestId, _lastApplied, machine.Query(query.Payload));
        }
#pragma warning disable CA1031 // The user's code may throw anything; only this query fails.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.Warning(e, "A query failed in the state machine.");
            return new RequestRefused(query.RequestId, $"The state machine could not answer the query: {e.Message}");
        }
    }
}

/// <summary>Applies the next entries in order.</summary>
/// <param name="Entries">Committed entries.</param>
/// <param name="Waiting">The clients that wait for some of them, ordered by index.</param>
internal sealed record ApplyCommitted(IReadOnlyList<LogEntry> Entries, IReadOnlyList<WaitingClient> Waiting)
{
    /// <summary>When they were committed here; null if nothing measures.</summary>
    public TimeSpan? CommittedAt { get; init; }
}

/// <summary>Answers queries from the state when the message arrives.</summary>
/// <param name="Client">The client.</param>
/// <param name="Queries">The queries.</param>
internal sealed record AnswerQueries(IActorRef Client, IReadOnlyList<Query> Queries);

/// <summary>Queries were answered.</summary>
/// <param name="Count">How many.</param>
internal sealed record QueriesAnswered(int Count);

/// <summary>Writes a snapshot of the state when the message arrives.</summary>
/// <param name="Purpose">The purpose of the snapshot.</param>
internal sealed record WriteSnapshot(SnapshotPurpose Purpose);

/// <summary>The purpose of a snapshot.</summary>
internal enum SnapshotPurpose
{
    /// <summary>For the node's own journal.</summary>
    Journal,

    /// <summary>For followers that lack entries.</summary>
    Followers,
}

/// <summary>A snapshot was written.</summary>
/// <param name="Purpose">The purpose of the snapshot.</param>
/// <param name="Index">Last index applied.</param>
/// <param name="Bytes">The snapshot.</param>
internal sealed record SnapshotWritten(SnapshotPurpose Purpose, LogIndex Index, ReadOnlyMemory<byte> Bytes);

/// <summary>The state machine failed to write a snapshot.</summary>
/// <param name="Purpose">The purpose of the snapshot.</param>
/// <param name="Reason">The exception's message.</param>
internal sealed record SnapshotFailed(SnapshotPurpose Purpose, string Reason);

/// <summary>Replaces the state by a snapshot.</summary>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Bytes">The snapshot.</param>
internal sealed record RestoreSnapshot(LogIndex Index, ReadOnlySequence<byte> Bytes);

/// <summary>All entries up to an index are applied.</summary>
/// <param name="LastApplied">Last index applied.</param>
internal sealed record EntriesApplied(LogIndex LastApplied);

/// <summary>A client that waits for an entry.</summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Client">The client.</param>
/// <param name="RequestId">The client's request.</param>
/// <param name="Bytes">Size of the command in bytes.</param>
internal readonly record struct WaitingClient(LogIndex Index, IActorRef Client, long RequestId, int Bytes)
{
    /// <summary>What is measured of the command.</summary>
    public AcceptedCommand Accepted { get; init; }
}

using System.Buffers;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Sessions;
using Raft.Actors.Telemetry;

namespace Raft.Actors.StateMachines;

/// <summary>
/// Owns a node's state machine, so that a slow command never delays a heartbeat. Applies each index exactly once, in
/// order (Raft §5.3, Figure 3: State Machine Safety), and answers the clients. A command that came again is answered as at
/// its first time (dissertation §6.3). Here snapshots are written and read, too: what that takes delays no heartbeat (§5.1).
/// </summary>
/// <param name="machine">The user's state machine.</param>
/// <param name="replyAs">In whose name clients are answered.</param>
/// <param name="maxReplyBytes">Encoded bytes of one message to a client, at the most.</param>
/// <param name="telemetry">Is told what is applied.</param>
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
            var span = isAwaited ? telemetry.Span("raft.apply", ActivityKind.Internal, waiting.Current.Taken.Parent) : null;
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
        return _sessions.Take(entry);
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
#pragma warning disable CA1031 // A state machine is the user's code: whatever it throws, its state is as it was.
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
            throw new InvalidOperationException($"A snapshot of entry {restore.Index} can't take the place of entry {_lastApplied}.");
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
#pragma warning disable CA1031 // A state machine is the user's code: whatever it throws is this query's failure alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.Warning(e, "A query failed in the state machine.");
            return new RequestRefused(query.RequestId, $"The state machine could not answer the query: {e.Message}");
        }
    }
}

/// <summary>Apply these entries, the next ones in order.</summary>
/// <param name="Entries">Committed entries.</param>
/// <param name="Waiting">Clients that wait for some of them, in the order of their index.</param>
internal sealed record ApplyCommitted(IReadOnlyList<LogEntry> Entries, IReadOnlyList<WaitingClient> Waiting)
{
    /// <summary>When they were committed here; null where nobody measures.</summary>
    public TimeSpan? CommittedAt { get; init; }
}

/// <summary>Answer these queries from the state as it is when the message arrives.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Queries">The queries.</param>
internal sealed record AnswerQueries(IActorRef Client, IReadOnlyList<Query> Queries);

/// <summary>So many queries are answered.</summary>
/// <param name="Count">How many.</param>
internal sealed record QueriesAnswered(int Count);

/// <summary>Write a snapshot of the state as it is when the message arrives.</summary>
/// <param name="Purpose">What it is for.</param>
internal sealed record WriteSnapshot(SnapshotPurpose Purpose);

/// <summary>What a snapshot is written for.</summary>
internal enum SnapshotPurpose
{
    /// <summary>For the node's own journal.</summary>
    Journal,

    /// <summary>For followers that lack entries.</summary>
    Followers,
}

/// <summary>A snapshot is written.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Index">Last index applied.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record SnapshotWritten(SnapshotPurpose Purpose, LogIndex Index, ReadOnlyMemory<byte> Bytes);

/// <summary>The state machine could not write a snapshot.</summary>
/// <param name="Purpose">What it was for.</param>
/// <param name="Reason">What it threw.</param>
internal sealed record SnapshotFailed(SnapshotPurpose Purpose, string Reason);

/// <summary>Take this state in place of the one that there is.</summary>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record RestoreSnapshot(LogIndex Index, ReadOnlySequence<byte> Bytes);

/// <summary>Everything up to this index is applied.</summary>
/// <param name="LastApplied">Last index applied.</param>
internal sealed record EntriesApplied(LogIndex LastApplied);

/// <summary>A client that waits for an entry.</summary>
/// <param name="Index">The entry's index.</param>
/// <param name="Client">The client.</param>
/// <param name="RequestId">Its request.</param>
/// <param name="Bytes">Size of its command.</param>
internal readonly record struct WaitingClient(LogIndex Index, IActorRef Client, long RequestId, int Bytes)
{
    /// <summary>What is measured of its command.</summary>
    public Taken Taken { get; init; }
}

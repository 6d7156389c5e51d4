using Akka.Actor;
using Akka.Persistence;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>The disk as Akka.Persistence uses it.</summary>
internal sealed partial class Disk
{
    internal void OnWrite(WriteMessages write)
    {
        lock (_lock)
        {
            _writes++;
            if (_holds) _held.Enqueue(write);
            else Do(write);
        }
    }

    internal void OnReplay(ReplayMessages request)
    {
        lock (_lock)
        {
            Recoveries++;
            Reader = request.PersistentActor;
            Monitor.PulseAll(_lock);
            if (_failingRecoveries-- > 0)
            {
                Reader.Tell(new ReplayMessagesFailure(new IOException("The disk can't be read.")));
                return;
            }

            try
            {
                foreach (var (sequenceNr, row) in _rows)
                    Reader.Tell(new ReplayedMessage(new Persistent(Read(row), sequenceNr, request.PersistenceId)));
                Reader.Tell(new RecoverySuccess(_highest));
            }
            catch (FormatException e)
            {
                Reader.Tell(new ReplayMessagesFailure(e));
            }
        }
    }

    internal void OnDelete(DeleteMessagesTo request)
    {
        lock (_lock)
        {
            _writes++;
            if (_holdsDeletions) _heldDeletions.Enqueue(request);
            else Do(request);
        }
    }

    private void Do(DeleteMessagesTo request)
    {
        foreach (var sequenceNr in _rows.Keys.Where(nr => nr <= request.ToSequenceNr).ToArray())
        {
            _rows.Remove(sequenceNr);
            Deleted++;
        }

        request.PersistentActor.Tell(new DeleteMessagesSuccess(request.ToSequenceNr));
    }

    private void Do(WriteMessages write)
    {
        var outcome = _outcomes.TryDequeue(out var next) ? next : WriteOutcome.Success;
        if (outcome == WriteOutcome.Success && IsTaken(write)) outcome = WriteOutcome.Failure;
        if (outcome is WriteOutcome.Success or WriteOutcome.FailureAfterTheFact) Keep(write);
        Answer(write, outcome);
    }

    /// <summary>A database has one row per sequence number.</summary>
    private bool IsTaken(WriteMessages write) => EventsOf(write).Any(e => _rows.ContainsKey(e.SequenceNr));

    private void Keep(WriteMessages write)
    {
        foreach (var e in EventsOf(write)) Add(e.SequenceNr, e.Payload);
    }

    private static void Answer(WriteMessages write, WriteOutcome outcome)
    {
        var failure = new IOException("The disk is broken.");
        var failed = outcome is WriteOutcome.Failure or WriteOutcome.FailureAfterTheFact;
        write.PersistentActor.Tell(
            failed ? new WriteMessagesFailed(failure, EventsOf(write).Count()) : WriteMessagesSuccessful.Instance);
        foreach (var message in write.Messages)
        {
            if (message is not AtomicWrite)
            {
                write.PersistentActor.Tell(new LoopMessageSuccess(message.Payload, write.ActorInstanceId), message.Sender);
                continue;
            }

            foreach (var e in EventsOf(message))
            {
                object answer = outcome switch
                {
                    WriteOutcome.Success => new WriteMessageSuccess(e, write.ActorInstanceId),
                    WriteOutcome.Rejection => new WriteMessageRejected(e, failure, write.ActorInstanceId),
                    _ => new WriteMessageFailure(e, failure, write.ActorInstanceId),
                };
                write.PersistentActor.Tell(answer, e.Sender);
            }
        }
    }

    private static IEnumerable<IPersistentRepresentation> EventsOf(WriteMessages write) =>
        write.Messages.OfType<AtomicWrite>().SelectMany(EventsOf);

    private static IEnumerable<IPersistentRepresentation> EventsOf(IPersistentEnvelope envelope) =>
        (IEnumerable<IPersistentRepresentation>)envelope.Payload;
}

/// <summary>
/// The journal plugin: Akka.Persistence's protocol in front of the <see cref="Disk"/> that the test gave it.
/// </summary>
internal sealed class DiskJournal : UntypedActor
{
    private Disk? _disk;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Disk disk: _disk = disk; break;
            case WriteMessages write: _disk!.OnWrite(write); break;
            case ReplayMessages replay: _disk!.OnReplay(replay); break;
            case DeleteMessagesTo delete: _disk!.OnDelete(delete); break;
            case CountWrites: Sender.Tell(new WriteCount(_disk!.Writes)); break;
            default: Unhandled(message); break;
        }
    }

    /// <summary>Requests the number of writes; the answer follows all that were sent before.</summary>
    internal sealed record CountWrites;

    /// <summary>How many writes arrived.</summary>
    internal sealed record WriteCount(long Writes);
}

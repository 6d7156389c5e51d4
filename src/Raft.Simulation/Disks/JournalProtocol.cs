using Akka.Actor;
using Akka.Persistence;

namespace Raft.Simulation.Disks;

/// <summary>The answers of a journal to a persistent actor (Akka.Persistence's <c>JournalProtocol</c>).</summary>
internal static class JournalProtocol
{
    public static IReadOnlyList<IPersistentRepresentation> EventsOf(WriteMessages write) =>
        [.. write.Messages.OfType<AtomicWrite>().SelectMany(EventsOf)];

    public static void Answer(WriteMessages write, WriteOutcome outcome)
    {
        var failure = new DiskFaultException($"The write ended as {outcome}.");
        var isFailed = outcome is WriteOutcome.Failed or WriteOutcome.DoneButFailed;
        Tell(write, isFailed ? new WriteMessagesFailed(failure, EventsOf(write).Count) : WriteMessagesSuccessful.Instance);
        foreach (var message in write.Messages)
        {
            if (message is not AtomicWrite atomic)
            {
                Tell(write, new LoopMessageSuccess(message.Payload, write.ActorInstanceId));
                continue;
            }

            foreach (var e in EventsOf(atomic)) Tell(write, Answer(e, outcome, failure, write.ActorInstanceId));
        }
    }

    private static object Answer(
        IPersistentRepresentation e, WriteOutcome outcome, DiskFaultException failure, int instance) => outcome switch
        {
            WriteOutcome.Done => new WriteMessageSuccess(e, instance),
            WriteOutcome.Rejected => new WriteMessageRejected(e, failure, instance),
            _ => new WriteMessageFailure(e, failure, instance),
        };

    private static IEnumerable<IPersistentRepresentation> EventsOf(AtomicWrite write) =>
        (IEnumerable<IPersistentRepresentation>)write.Payload;

    private static void Tell(WriteMessages write, object answer) => write.PersistentActor.Tell(answer, ActorRefs.NoSender);
}

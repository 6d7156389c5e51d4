using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>What the node does for its <see cref="DurableJournal"/>, and what it sends when a change is on disk.</summary>
internal sealed partial class RaftNode : IJournalOwner
{
    /// <inheritdoc/>
    TimeSpan IJournalOwner.Now => Now;

    /// <inheritdoc/>
    void IJournalOwner.StartTimer(JournalDeadline deadline, TimeSpan timeout) =>
        Timers.StartSingleTimer(nameof(JournalDeadline), deadline, timeout);

    /// <inheritdoc/>
    void IJournalOwner.AppendBatch() => _current.AppendBatch();

    /// <inheritdoc/>
    void IJournalOwner.OnWriteBegins(IReadOnlyList<RaftEvent> events) => _telemetry.WriteBegins(events);

    /// <inheritdoc/>
    void IJournalOwner.OnWriteEnds(bool isFirst)
    {
        if (isFirst) Context.Parent.Tell(JournalAnswers.Instance);
        _telemetry.WriteEnds();
    }

    /// <summary>Sends a message that promises something, once all changes made so far are durable.</summary>
    private void SendWhenDurable(IActorRef receiver, object message) => _journal.WhenDurable(() => receiver.Tell(message));

    /// <summary>
    /// Sends an RPC that promises something, once all changes made so far are durable; it says what it rests on then.
    /// </summary>
    private void SendWhenDurable(IActorRef receiver, RaftRpc rpc) =>
        _journal.WhenDurable(() => receiver.Tell(rpc with { Journal = Stamp }));

    /// <summary>Sends an RPC that rests on the current term alone, once that is durable.</summary>
    private void SendWhenTermDurable(IActorRef receiver, RaftRpc rpc) =>
        _journal.WhenTermDurable(() => receiver.Tell(rpc with { Journal = Stamp }));

    private void OnDeleteFailed(Exception cause)
    {
        Log.Warning(cause, "{0} could not delete events that its snapshot replaces; it tries again with the next one.", Id);
        _journal.OnDeleteFailed();
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{Node} could not write event {Event}; it stops and recovers from its journal.", Id, sequenceNr);

    /// <summary>Akka.Persistence would only log a rejection and go on, without the event.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Log.Error(cause, "{Node}'s journal rejected event {Event}; it stops and recovers from its journal.", Id, sequenceNr);
        Context.Stop(Self);
    }
}

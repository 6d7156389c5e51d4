using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>The node's part in its <see cref="DurableJournal"/>, and the messages that wait for durability.</summary>
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

    /// <summary>Sends a message that depends on the changes made so far, once they are durable.</summary>
    private void SendWhenDurable(IActorRef receiver, object message) => _journal.WhenDurable(() => receiver.Tell(message));

    /// <summary>
    /// Sends an RPC that depends on the changes made so far, once they are durable, with the journal stamp of that moment.
    /// </summary>
    private void SendWhenDurable(IActorRef receiver, RaftRpc rpc) =>
        _journal.WhenDurable(() => receiver.Tell(rpc with { Journal = Stamp }));

    /// <summary>Sends an RPC that depends only on the current term, once the term is durable.</summary>
    private void SendWhenTermDurable(IActorRef receiver, RaftRpc rpc) =>
        _journal.WhenTermDurable(() => receiver.Tell(rpc with { Journal = Stamp }));

    private void OnDeleteFailed(Exception cause)
    {
        Log.Warning(
            cause, "{0} could not delete the events that its snapshot replaces. It tries again after the next snapshot.", Id);
        _journal.OnDeleteFailed();
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{Node} could not write event {Event}. It stops and recovers from its journal.", Id, sequenceNr);

    /// <summary>Akka.Persistence would only log a rejection and continue without the event.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Log.Error(
            cause, "{Node}'s journal rejected event {Event}. The node stops and recovers from its journal.", Id, sequenceNr);
        Context.Stop(Self);
    }
}

using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Raft.Actors.Events;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Nodes;

/// <summary>
/// Reads the journal back. Nothing may be missing and nothing may be damaged: a node that forgot a vote or an entry can
/// make the cluster lose data, so it must not take part.
/// </summary>
internal sealed partial class RaftNode
{
    private long _recoveredEvents;

    private bool IsFormed => _recoveredEvents > 0;

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RaftEvent e: Replay(e); break;
            case RecoveryCompleted: OnRecovered(); break;
            default: throw Damaged(LastSequenceNr, $"it is a {message.GetType().Name}, which Raft.Akka never writes");
        }
    }

    private void Replay(RaftEvent e)
    {
        if (LastSequenceNr != _recoveredEvents + 1)
            throw Damaged(_recoveredEvents + 1, $"it is missing; the next one is event {LastSequenceNr}");
        try
        {
            Replay(e, LastSequenceNr);
        }
        catch (Exception impossible) when (impossible is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Damaged(LastSequenceNr, impossible.Message);
        }

        _recoveredEvents = LastSequenceNr;
    }

    private void Replay(RaftEvent e, long sequenceNr)
    {
        switch (e)
        {
            case ClusterFormed formed when !IsFormed: CheckOwner(formed); break;
            case TermStarted started when IsFormed && CanFollow(started):
                (_term, _votedFor) = (started.Term, started.VotedFor);
                break;
            case EntriesAppended appended when IsFormed && appended.Entries.All(entry => entry.Term <= _term):
                _log.Append(appended.Entries);
                break;
            case LogTruncated truncated when IsFormed: _log.TruncateFrom(truncated.From); break;
            case DamagedEvent damaged: throw Damaged(sequenceNr, damaged.Reason);
            default: throw Damaged(sequenceNr, $"{e.GetType().Name} can't stand after the events before it");
        }
    }

    /// <summary>Terms only rise, and a vote once given stands for its term (Raft §5.2).</summary>
    private bool CanFollow(TermStarted started) =>
        started.Term > _term || (started.Term == _term && (_votedFor is null || _votedFor == started.VotedFor));

    /// <summary>A journal belongs to one node of one cluster with fixed voters.</summary>
    private void CheckOwner(ClusterFormed formed)
    {
        var foreign =
            formed.Group != _settings.Group ? $"Raft group {formed.Group}, and this is group {_settings.Group}"
            : formed.Node != Id ? $"node {formed.Node}, and this is node {Id}"
            : _settings.ConfiguredClusterId is { } configured && configured != formed.Cluster
                ? $"cluster {formed.Cluster}, and raft.cluster-id is {configured}"
            : !formed.Voters.ToHashSet().SetEquals(_voters)
                ? $"a cluster of {string.Join(", ", formed.Voters)}, and raft.members names {string.Join(", ", _voters)}"
            : null;
        if (foreign is not null)
            throw new NodeHaltedException(
                $"the journal belongs to {foreign}. Give the node its own journal or its own settings; nothing was changed.");
        _cluster = formed.Cluster;
    }

    private void OnRecovered()
    {
        if (LastSequenceNr != _recoveredEvents)
            throw Damaged(_recoveredEvents + 1, $"it is missing; the journal has events up to {LastSequenceNr}");

        _stateMachine = Context.ActorOf(
            StateMachineActor.Props(_stateMachineFactory(), Context.Parent, _settings.MaxAppendBytes), "state-machine");
        Context.Watch(_stateMachine);
        _durableIndex = _writtenIndex = _log.LastIndex;
        if (!IsFormed)
        {
            _cluster = _settings.InitialClusterId;
            Change(new ClusterFormed(_cluster, _settings.Group, Id, _voters));
        }

        ResetElectionTimer();
        _leaderHeardAt = Now;
        BecomeFollower(leader: null, why: null);
        Log.Info(
            "{0} term {1}: started as follower in cluster {2} with {3} log entries", Id, _term, _cluster, _log.LastIndex);
        Flush();
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        var unusable = reason switch
        {
            NodeHaltedException known => known,
            SerializationException or FormatException => Damaged(LastSequenceNr + 1, reason.Message),
            _ => null,
        };
        if (unusable is not null) Context.Parent.Tell(unusable);
        else Log.Error(reason, "{0} could not read its journal after event {1}.", Id, LastSequenceNr);
    }

    private NodeHaltedException Damaged(long sequenceNr, string problem) => new(
        $"the journal of {PersistenceId} is damaged at sequence number {sequenceNr}: {problem}. Nothing was changed; "
        + "restore the file from a backup.");
}

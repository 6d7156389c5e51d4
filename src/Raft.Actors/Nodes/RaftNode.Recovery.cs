using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Nodes;

/// <summary>
/// Reads the journal back. Nothing may be missing and nothing may be damaged: a node that forgot a vote or an entry can
/// make the cluster lose data, so it must not take part.
/// </summary>
internal sealed partial class RaftNode
{
    private long _recoveredEvents;

    /// <summary>Whether the node belongs to a cluster.</summary>
    private bool _isFormed;

    /// <summary>What the node knew to be committed, as its journal tells: no leader may contradict it.</summary>
    private LogIndex _committedOnDisk = LogIndex.Zero;

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
        if (_recoveredEvents == 0 && LastSequenceNr > 1) BeginBehindDeleted();
        if (LastSequenceNr != _recoveredEvents + 1)
            throw Damaged(_recoveredEvents + 1, $"it is missing; the next one is event {LastSequenceNr}");
        try
        {
            if (!IsReplaced(e)) Replay(e, LastSequenceNr);
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
            case DamagedEvent damaged: throw Damaged(sequenceNr, damaged.Reason);
            case SnapshotPartSaved part: Replay(part); break;
            case SnapshotSaved saved when IsWhole(saved): Replay(saved); break;
            case JournalBegun begun when _recoveredEvents == 0 || (IsTalking && begun.IsSuccessor): Replay(begun); break;
            case FoundingPromised promised when IsTalking: _talks!.Promise(promised.Plan, Now); break;
            case FoundingWithdrawn withdrawn when IsTalking && _talks!.Plan?.Cluster == withdrawn.Cluster: _talks.Drop(); break;
            case ClusterFormed formed when _recoveredEvents == 0 || IsTalking: Replay(formed); break;
            case TermStarted started when _isFormed && CanFollow(started):
                (_term, _votedFor) = (started.Term, started.VotedFor);
                break;
            case ReadmissionSought sought: Replay(sought); break;
            case Readmitted when _awaitsReadmission: _awaitsReadmission = false; break;
            case EntriesAppended appended when _isFormed && appended.Entries.All(entry => entry.Term <= _term):
                _log.Append(appended.Entries);
                _incarnations.Append(appended.Entries);
                _committedOnDisk = LogIndex.Max(_committedOnDisk, appended.Committed);
                break;
            case LogTruncated truncated when _isFormed:
                _log.TruncateFrom(truncated.From);
                _incarnations.TruncateFrom(truncated.From);
                break;
            default: throw Damaged(sequenceNr, $"{e.GetType().Name} can't stand after the events before it");
        }
    }

    /// <summary>Terms only rise, and a vote once given stands for its term (Raft §5.2).</summary>
    private bool CanFollow(TermStarted started) =>
        started.Term > _term || (started.Term == _term && (_votedFor is null || _votedFor == started.VotedFor));

    private bool IsTalking => _talks is not null && !_isFormed;

    private void Replay(JournalBegun begun)
    {
        RequireOwn(begun.Group, begun.Self.Node);
        (_self, _talks) = (begun.Self, NewTalks(begun.Self, begun.IsSuccessor));
    }

    /// <summary>A journal belongs to one node of one cluster with fixed voters.</summary>
    private void Replay(ClusterFormed formed)
    {
        RequireOwn(formed);
        (_cluster, _voters, _isFormed) = (formed.Cluster, [.. formed.Voters], true);
        _incarnations.Restart(formed.Founders);
    }

    /// <summary>A journal that forgot something goes on with another number; one that was blank belongs to its cluster from here on.</summary>
    private void Replay(ReadmissionSought sought)
    {
        if (!_isFormed) Replay(sought.Formed);
        (_self, _awaitsReadmission) = (sought.Self, true);
    }

    private void RequireOwn(ClusterFormed formed)
    {
        RequireOwn(formed.Group, formed.Node);
        RequireOwn(
            _settings.ConfiguredClusterId is { } configured && configured != formed.Cluster
                ? $"cluster {formed.Cluster}, and raft.cluster-id is {configured}"
            : _voters.Length > 0 && !formed.Voters.ToHashSet().SetEquals(_voters)
                ? $"a cluster of {string.Join(", ", formed.Voters)}, and raft.members names {string.Join(", ", _voters)}"
            : null);
    }

    private void RequireOwn(GroupId group, NodeId node) => RequireOwn(
        group != _settings.Group ? $"Raft group {group}, and this is group {_settings.Group}"
        : node != Id ? $"node {node}, and this is node {Id}"
        : null);

    private static void RequireOwn(string? foreign)
    {
        if (foreign is not null)
            throw new NodeHaltedException(
                $"the journal belongs to {foreign}. Give the node its own journal or its own settings; nothing was changed.");
    }

    private void OnRecovered()
    {
        if (LastSequenceNr != _recoveredEvents)
            throw Damaged(_recoveredEvents + 1, $"it is missing; the journal has events up to {LastSequenceNr}");
        if (_isBehindDeleted)
            throw Damaged(1, $"it is missing, as are all up to {_deletedEvents}, and no whole snapshot follows that replaces them");

        _stateMachine = Context.ActorOf(
            StateMachineActor.Props(_stateMachineFactory(), Context.Parent, _settings.MaxAppendBytes, _telemetry),
            "state-machine");
        Context.Watch(_stateMachine);
        _journal.OnRecovered(_log.LastIndex);
        RestoreRecovered();
        if (!_isFormed)
        {
            BeginTalks();
            return;
        }

        if (_settings.JournalLoss is { } loss) SeekReadmission(loss);
        else if (!_awaitsReadmission && !_incarnations.Counts(Id, Stamp)) SeekReadmission("the log names a newer journal of this node");
        TakePart();
        _journal.Flush();
    }

    /// <summary>Begins as a follower of its cluster.</summary>
    private void TakePart()
    {
        CheckReadmission();
        ResetElectionTimer();
        _leaderHeardAt = Now;
        BecomeFollower(leader: null, why: null);
        Log.Info(
            "{Node} term {Term}: started as {Role} in cluster {Cluster} with {Entries} log entries",
            Id, _term.Value, Name(_role), _cluster, _log.LastIndex.Value);
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
        else Log.Error(reason, "{Node} could not read its journal after event {Event}.", Id, LastSequenceNr);
    }

    private NodeHaltedException Damaged(long sequenceNr, string problem) => new(
        $"the journal of {PersistenceId} is damaged at sequence number {sequenceNr}: {problem}. Nothing was changed. Keep the "
        + "files, and put no older ones in their place: docs/operate.md says how the node comes back.");
}

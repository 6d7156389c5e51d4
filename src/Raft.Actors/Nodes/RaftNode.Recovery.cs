using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Recovers the node from its journal. A node that forgot a vote or an entry can make the cluster lose data, so it refuses a
/// journal with missing or damaged events.
/// </summary>
internal sealed partial class RaftNode
{
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
        if (_replay.LastSequenceNr == 0) _replay.BeginAt(LastSequenceNr);
        if (LastSequenceNr != _replay.LastSequenceNr + 1)
            throw Damaged(_replay.LastSequenceNr + 1, $"it is missing; the next one is event {LastSequenceNr}");
        try
        {
            if (!_replay.IsReplaced(e, _term)) Replay(e, LastSequenceNr);
        }
        catch (Exception impossible) when (impossible is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Damaged(LastSequenceNr, impossible.Message);
        }

        _replay.OnReplayed(LastSequenceNr);
    }

    private void Replay(RaftEvent e, long sequenceNr)
    {
        switch (e)
        {
            case DamagedEvent damaged: throw Damaged(sequenceNr, damaged.Reason);
            case SnapshotPartSaved part: _replay.Add(part, sequenceNr); break;
            case SnapshotSaved saved when _replay.IsWhole(saved, _term): Replay(saved); break;
            case JournalBegun begun when _replay.LastSequenceNr == 0 || (IsNegotiating && begun.IsSuccessor):
                Replay(begun);
                break;
            case BootstrapPromised promised when IsNegotiating: _negotiation!.Promise(promised.Plan, Now); break;
            case BootstrapWithdrawn withdrawn when IsNegotiating && _negotiation!.Plan?.Cluster == withdrawn.Cluster:
                _negotiation.Drop();
                break;
            case ClusterFormed formed when _replay.LastSequenceNr == 0 || IsNegotiating: Replay(formed); break;
            case TermStarted started when _members.IsFormed && CanFollow(started):
                (_term, _votedFor) = (started.Term, started.VotedFor);
                break;
            case ReadmissionSought sought: Replay(sought); break;
            case Readmitted when _members.AwaitsReadmission: _members.OnReadmitted(); break;
            case EntriesAppended appended when _members.IsFormed && appended.Entries.All(entry => entry.Term <= _term):
                _log.Append(appended.Entries);
                _members.Incarnations.Append(appended.Entries);
                _committedOnDisk = LogIndex.Max(_committedOnDisk, appended.Committed);
                break;
            case LogTruncated truncated when _members.IsFormed:
                _log.TruncateFrom(truncated.From);
                _members.Incarnations.TruncateFrom(truncated.From);
                break;
            default: throw Damaged(sequenceNr, $"{e.GetType().Name} can't follow the events before it");
        }
    }

    /// <summary>Whether the event may follow: terms only increase, and a vote is final in its term (Raft §5.2).</summary>
    private bool CanFollow(TermStarted started) =>
        started.Term > _term || (started.Term == _term && (_votedFor is null || _votedFor == started.VotedFor));

    private bool IsNegotiating => _negotiation is not null && !_members.IsFormed;

    private void Replay(JournalBegun begun)
    {
        RequireOwn(begun.Group, begun.Self.Node);
        BeginJournal(begun.Self, begun.IsSuccessor);
    }

    /// <summary>A journal belongs to one node of one cluster with fixed voters.</summary>
    private void Replay(ClusterFormed formed)
    {
        RequireOwn(formed);
        _members.Form(formed.Cluster, formed.Voters);
        _members.Incarnations.Restart(formed.Participants);
    }

    /// <summary>
    /// A journal that lost data continues with a new incarnation; one that was blank belongs to its cluster from here on.
    /// </summary>
    private void Replay(ReadmissionSought sought)
    {
        if (!_members.IsFormed) Replay(sought.Formed);
        _members.SeekReadmission(sought.Self);
    }

    /// <summary>A complete snapshot replaces all events before it (Raft §7).</summary>
    private void Replay(SnapshotSaved saved)
    {
        RequireOwn(saved.Formed);
        _members.Form(saved.Formed.Cluster, saved.Formed.Voters);
        if (saved.Self is { } self) BeginJournal(self, isSuccessor: false);
        _members.Restore(saved.AwaitsReadmission);
        (_term, _votedFor) = (saved.Term, saved.VotedFor);
        _log.Restart(saved.Start);
        _log.Append(saved.Entries);
        _members.Incarnations.Restart(saved.Incarnations);
        _members.Incarnations.Append(saved.Entries);
        if (!_log.Contains(saved.Last.Index, saved.Last.Term))
            throw new InvalidOperationException($"its log ends at {_log.LastIndex}, and it replaces entry {saved.Last.Index}");
        _replay.Complete(saved);
        _committedOnDisk = LogIndex.Max(_committedOnDisk, saved.Last.Index);
    }

    private void RequireOwn(ClusterFormed formed)
    {
        RequireOwn(formed.Group, formed.Node);
        RequireOwn(
            _settings.ConfiguredClusterId is { } configured && configured != formed.Cluster
                ? $"cluster {formed.Cluster}, and raft.cluster-id is {configured}"
            : _members.Voters.Length > 0 && !formed.Voters.ToHashSet().SetEquals(_members.Voters)
                ? $"a cluster of {string.Join(", ", formed.Voters)}, and raft.members names {string.Join(", ", _members.Voters)}"
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
        if (LastSequenceNr != _replay.LastSequenceNr)
            throw Damaged(_replay.LastSequenceNr + 1, $"it is missing; the journal has events up to {LastSequenceNr}");
        if (_replay.IsBehindDeleted)
            throw Damaged(
                1, $"it is missing, as are all up to {_replay.DeletedTo}, and no whole snapshot follows that replaces them");

        _machine.Start(Context);
        _journal.OnRecovered(_log.LastIndex, _replay.DeletedTo, _replay.ReplacedTo);
        RestoreRecovered();
        _replay.Release();
        if (!_members.IsFormed)
        {
            BeginNegotiation();
            return;
        }

        if (_settings.JournalLoss is { } loss) SeekReadmission(loss);
        else if (IsReplaced) SeekReadmission("the log names a newer journal of this node");
        StartFollowing();
        _journal.Flush();
    }

    /// <summary>Restores the state machine from the snapshot; the entries that it replaces are committed.</summary>
    private void RestoreRecovered()
    {
        if (_replay.Snapshot is not { } snapshot) return;
        _commitIndex = snapshot.Last.Index;
        _snapshots.OnRecovered(snapshot);
        _machine.Restore(snapshot.Last.Index, snapshot.Bytes);
    }

    /// <summary>Starts as a follower of its cluster.</summary>
    private void StartFollowing()
    {
        CheckReadmission();
        ResetElectionTimer();
        _election.OnLeaderHeard(Now);
        BecomeFollower(leader: null, why: null);
        Log.Info(
            "{Node} term {Term}: started as {Role} in cluster {Cluster} with {Entries} log entries",
            Id, _term.Value, Name(Role), Cluster, _log.LastIndex.Value);
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

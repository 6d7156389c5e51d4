using Akka.Actor;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// Reads snapshots back. A whole one takes the place of every event before it; where events were deleted, there must be one.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>The parts since the last one at offset 0, the index that they are of, and the event before them.</summary>
    private SnapshotParts _recoveredParts = new();
    private LogIndex _recoveredPartsIndex;
    private long _eventsBeforeParts;

    /// <summary>Events up to this one are deleted.</summary>
    private long _deletedEvents;

    /// <summary>The newest whole snapshot; null where there is none, or the state machine has it.</summary>
    private Snapshot? _recovered;

    /// <summary>
    /// Whether the journal's first events are deleted, and the snapshot that replaces them is still to come. What stands between is
    /// in it, too.
    /// </summary>
    private bool _isBehindDeleted;

    private void BeginBehindDeleted()
    {
        _isBehindDeleted = true;
        _recoveredEvents = _deletedEvents = LastSequenceNr - 1;
        _journal.BeginBehind(_deletedEvents);
    }

    /// <summary>Behind deleted events nothing is read but damage, parts, and the snapshot that they are of.</summary>
    private bool IsReplaced(RaftEvent e) => _isBehindDeleted && e switch
    {
        DamagedEvent or SnapshotPartSaved => false,
        SnapshotSaved saved => !IsWhole(saved),
        _ => true,
    };

    private void Replay(SnapshotPartSaved part)
    {
        if (part.Offset == 0)
        {
            (_recoveredParts, _recoveredPartsIndex) = (new SnapshotParts(), part.Index);
            _eventsBeforeParts = LastSequenceNr - 1;
        }

        // Behind deleted events there may be the end of a snapshot that was given up.
        if (part.Index == _recoveredPartsIndex && part.Offset == _recoveredParts.Length) _recoveredParts.Add(part.Bytes);
        else if (!_isBehindDeleted) throw new InvalidOperationException("it is part of a snapshot whose parts before it are missing");
    }

    /// <summary>Whether the snapshot's parts are there, and it is newer than all before it.</summary>
    private bool IsWhole(SnapshotSaved saved) =>
        saved.Last.Index == _recoveredPartsIndex
        && saved.Bytes == _recoveredParts.Length
        && saved.Start.Index <= saved.Last.Index
        && saved.Term >= _term
        && saved.Last.Index > (_recovered?.Last.Index ?? LogIndex.Zero);

    private void Replay(SnapshotSaved saved)
    {
        RequireOwn(saved.Formed);
        (_cluster, _voters, _isFormed) = (saved.Formed.Cluster, [.. saved.Formed.Voters], true);
        if (saved.Self is { } self) (_self, _talks) = (self, NewTalks(self, isSuccessor: false));
        _awaitsReadmission = saved.AwaitsReadmission;
        (_term, _votedFor) = (saved.Term, saved.VotedFor);
        _log.Restart(saved.Start);
        _log.Append(saved.Entries);
        _incarnations.Restart(saved.Incarnations);
        _incarnations.Append(saved.Entries);
        if (!_log.Contains(saved.Last.Index, saved.Last.Term))
            throw new InvalidOperationException($"its log ends at {_log.LastIndex}, and it replaces entry {saved.Last.Index}");
        _recovered = new Snapshot(saved.Last, _recoveredParts.ToSequence(), saved.Incarnations);
        _committedOnDisk = LogIndex.Max(_committedOnDisk, saved.Last.Index);
        _journal.DeleteTo(_eventsBeforeParts);
        _isBehindDeleted = false;
    }

    /// <summary>The state machine starts with the snapshot; what it replaces is committed.</summary>
    private void RestoreRecovered()
    {
        if (_recovered is not { } snapshot) return;
        _commitIndex = _snapshotIndex = snapshot.Last.Index;
        _snapshotBytes = snapshot.Length;
        _stateMachine.Tell(new RestoreSnapshot(_snapshotIndex, snapshot.Bytes));
        (_recovered, _recoveredParts) = (null, new SnapshotParts());
    }
}

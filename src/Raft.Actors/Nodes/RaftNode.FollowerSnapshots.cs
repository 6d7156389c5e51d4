using Akka.Actor;
using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// A follower that lacks entries which its leader has no more gets the leader's state in their place (Raft §7, Figure 13:
/// InstallSnapshot RPC, receiver).
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>Last index that the newest snapshot of a leader replaces.</summary>
    private LogIndex _installedIndex = LogIndex.Zero;

    /// <summary>Whether the state machine does not have that snapshot yet: until then this node acknowledges nothing.</summary>
    private bool IsRestoring => _lastApplied < _installedIndex;

    private void OnInstallSnapshot(SnapshotReception reception, InstallSnapshot part)
    {
        if (!HearLeader(part)) return;
        if (_log.Contains(part.Last.Index, part.Last.Term)) Commit(part.Last.Index, waiting: []);
        if (part.Last.Index <= _commitIndex)
        {
            if (!IsRestoring) SendWhenDurable(Sender, new AppendAccepted(_cluster, Id, _term, part.Last.Index, part.Round, Preference));
            return;
        }

        var isInstalling = _saving is { IsInstalled: true } saving && saving.Snapshot.Last == part.Last;
        if (!isInstalling && reception.Take(part) is { } whole)
        {
            Save(whole, isInstalled: true);
            isInstalling = true;
        }

        var wanted = isInstalling ? part.Length : reception.Wanted;
        SendWhenTermDurable(Sender, new SnapshotReceived(_cluster, Id, _term, part.Last.Index, wanted, part.Part, part.Round));
    }

    /// <summary>
    /// The snapshot takes the place of the whole log: that ends before it, or contradicts it (Figure 13, rule 7). Whatever this node
    /// has committed is in it, since it is newer.
    /// </summary>
    /// <returns>False where the log has come to have all that it replaces meanwhile.</returns>
    private bool Install(Snapshot snapshot)
    {
        var last = snapshot.Last;
        if (last.Index <= _commitIndex || _log.Contains(last.Index, last.Term))
        {
            _saving = null;
            if (_snapshotAskers.Count > 0) BeginSnapshot();
            return false;
        }

        Log.Info("{0} term {1}: takes a snapshot of entry {2} in place of its log, which had committed {3}",
            Id, _term, last.Index, _commitIndex);
        _journal.ForgetAfter(_commitIndex);
        _log.Restart(last);
        _incarnations.Restart(snapshot.Incarnations);
        _commitIndex = _installedIndex = last.Index;
        _bytesSinceSnapshot = 0;
        _stateMachine.Tell(new RestoreSnapshot(last.Index, snapshot.Bytes));
        CheckReadmission();
        return true;
    }
}

using System.Buffers;
using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// A leader sends its state to followers that lack entries which it has no more (Raft §7, Figure 13: InstallSnapshot RPC, sender).
/// It is the state of the moment, written for them, and kept in memory as long as one of them needs it.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>The snapshot that followers get; null while none is needed, or not yet written.</summary>
    private Snapshot? _outgoing;

    /// <summary>Whether the state machine writes one.</summary>
    private bool _isOutgoingDue;

    /// <summary>The next part, once the follower has the one before.</summary>
    private void SendSnapshot(Leadership leader, NodeId id, Progress progress)
    {
        if (_outgoing is not { } snapshot)
        {
            if (_isOutgoingDue || IsSnapshotPause) return;
            _isOutgoingDue = true;
            _stateMachine.Tell(new WriteSnapshot(SnapshotPurpose.Followers));
            return;
        }

        var transfer = progress.TransferOf(snapshot.Last.Index, snapshot.Length, _telemetry.SnapshotBegins());
        if (!transfer.CanSend) return;
        var data = snapshot.Part(transfer.Offset, _settings.SnapshotChunkBytes);
        var (offset, round) = (transfer.Offset, leader.Rounds.Newest);
        var part = transfer.OnSent(round);
        _peers[id].Tell(new InstallSnapshot(_cluster, Id, _term, snapshot.Last, snapshot.Length, offset, data, part, round)
        {
            Incarnations = snapshot.Incarnations,
            Journal = Stamp,
        });
    }

    private void OnOutgoingWritten(Leadership leader, SnapshotWritten written)
    {
        _isOutgoingDue = false;

        // One that was written in an earlier term of office may be older than the log by now.
        if (written.Index < _log.Start.Index) return;
        _outgoing = new Snapshot(
            _log.PointAt(written.Index), new ReadOnlySequence<byte>(written.Bytes), _incarnations.AsOf(written.Index));
        foreach (var (id, progress) in leader.Followers) Replicate(leader, id, progress);
    }

    private void OnReceived(Leadership leader, SnapshotReceived reply)
    {
        if (IsForeign(leader, reply, reply.Index, reply.Round)) return;
        var progress = ProgressOf(leader, reply);
        if (progress.Transfer?.OnReceived(reply.Index, reply.Part, reply.Offset) == true) Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
    }

    /// <summary>A follower that is silent is not waited for; the snapshot is dropped when nobody needs it.</summary>
    private void GiveUpSnapshots(Leadership leader)
    {
        foreach (var (id, progress) in leader.Followers)
        {
            if (progress.Mode == ReplicationMode.Snapshot && !leader.IsHeard(id, Now)) progress.GiveUpSnapshot();
        }

        if (leader.Followers.Values.All(progress => progress.Mode != ReplicationMode.Snapshot)) _outgoing = null;
    }
}

using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>A follower answers leaders and candidates. If it hears from neither, it starts an election (Raft §5.2).</summary>
internal sealed partial class RaftNode
{
    private void BecomeFollower(NodeId? leader, string? why)
    {
        var reads = new FollowerReads(_settings.MaxPendingReads);
        var reception = new SnapshotReception();
        var behaviour = new RoleBehaviour(RaftRole.Follower, InRole(message => Following(reads, reception, message)))
        {
            Leave = _ => RefuseReads(reads),
        };
        Enter(behaviour, leader, why);
    }

    private bool Following(FollowerReads reads, SnapshotReception reception, object message)
    {
        switch (message)
        {
            case AppendEntries append when append.Term == _term:
                OnAppendEntries(append);
                AnswerApplied(reads);
                return true;
            case InstallSnapshot part when part.Term == _term:
                OnInstallSnapshot(reception, part);
                AnswerApplied(reads);
                return true;
            case ElectionTimeout: OnElectionTimeout(); return true;
            case TimeoutNow now when now.Term == _term: OnTimeoutNow(now); return true;
            case ClientQuery { Consistency: ReadConsistency.Follower } query when _leader is not null:
                OnClientQuery(reads, query);
                return true;
            case ReadIndexGranted granted when granted.Term == _term: OnReadIndex(reads, granted); return true;
            case ReadIndexOverdue: SendReadIndexRequest(reads); return true;
            default: return false;
        }
    }

    /// <summary>Handles AppendEntries (Raft §5.3, Figure 2: AppendEntries RPC, receiver).</summary>
    private void OnAppendEntries(AppendEntries append)
    {
        if (!AcceptLeader(append)) return;
        if (!_log.Fits(append.PreviousIndex, append.PreviousTerm))
        {
            var conflict = _log.ConflictAt(append.PreviousIndex);
            SendWhenDurable(Sender, new AppendRejected(
                Cluster, Id, _term, append.PreviousIndex, conflict.Term, conflict.Index, append.Round));
            return;
        }

        _telemetry.Journal.Follow(append, _log.LastIndex);
        Merge(append.Entries);
        var verified = append.PreviousIndex + append.Entries.Count;
        Commit(LogIndex.Min(append.LeaderCommit, verified), waiting: []);
        Acknowledge(append, verified);
    }

    /// <summary>Accepts a message from the leader, which resets the election timer (Raft §5.2).</summary>
    /// <returns>False if another node leads the term.</returns>
    private bool AcceptLeader(RaftRpc rpc)
    {
        if (_leader is { } leader && leader != rpc.From)
        {
            WarnOnce($"{rpc.From} claims to lead term {_term}, which {leader} leads: a defect, or a forged message.");
            return false;
        }

        ResetElectionTimer();
        _election.OnLeaderHeard(Now);
        if (_leader is null) Follow(rpc.From);
        return true;
    }

    private void Follow(NodeId leader)
    {
        _leader = leader;
        Log.Info("{Node} term {Term}: follows {Leader}", Id, _term.Value, leader);
        EndTransfer();
        PublishRole();
    }

    private void Merge(IReadOnlyList<LogEntry> entries)
    {
        var difference = _log.Compare(entries);
        if (difference.TruncateFrom is { } from)
        {
            var committed = LogIndex.Max(_commitIndex, _committedOnDisk);
            if (from <= committed)
                throw new NodeHaltedException(
                    $"the leader of term {_term} contradicts entry {from}, but entries up to {committed} are committed. The "
                    + "members that elected the leader have lost them. Keep this node's data, which contains them, and find out "
                    + "what happened to the data of the others.");
            TruncateLog(from);
        }

        if (difference.Missing.Count == 0) return;
        AppendToLog(difference.Missing);
        if (difference.Missing.Any(entry => entry.Kind == EntryKind.Readmission)) CheckOwnIncarnation();
    }

    /// <summary>
    /// An append is acknowledged when it is on disk. A heartbeat is answered at once, for what is on disk already, so that a
    /// follower with a slow disk does not look dead and reads need not wait for the disk.
    /// </summary>
    private void Acknowledge(AppendEntries append, LogIndex verified)
    {
        if (append.Entries.Count > 0)
            SendWhenDurable(Sender, Accepted(verified, append));
        else
            SendWhenTermDurable(Sender, Accepted(LogIndex.Min(verified, _journal.DurableIndex), append));
    }

    private AppendAccepted Accepted(LogIndex match, AppendEntries append) =>
        new(Cluster, Id, _term, _machine.IsRestoring ? LogIndex.Zero : match, append.Round, _transfer.Preference);

    /// <summary>
    /// Handles a part of the leader's snapshot, which the leader sends when it has compacted entries that this follower lacks
    /// (Raft §7, Figure 13: InstallSnapshot RPC, receiver).
    /// </summary>
    private void OnInstallSnapshot(SnapshotReception reception, InstallSnapshot part)
    {
        if (!AcceptLeader(part)) return;
        if (_log.Contains(part.Last.Index, part.Last.Term)) Commit(part.Last.Index, waiting: []);
        if (part.Last.Index <= _commitIndex)
        {
            if (!_machine.IsRestoring)
                SendWhenDurable(
                    Sender, new AppendAccepted(Cluster, Id, _term, part.Last.Index, part.Round, _transfer.Preference));
            return;
        }

        var isInstalling = _snapshots.Saving is { IsInstalled: true } saving && saving.Snapshot.Last == part.Last;
        if (!isInstalling && reception.Add(part) is { } whole)
        {
            _snapshots.Save(whole, isInstalled: true);
            isInstalling = true;
        }

        var wanted = isInstalling ? part.Length : reception.Wanted;
        SendWhenTermDurable(Sender, new SnapshotReceived(Cluster, Id, _term, part.Last.Index, wanted, part.Part, part.Round));
    }

    /// <summary>
    /// Replaces the whole log, which ends before the snapshot or contradicts it (Figure 13, rule 7). The snapshot is newer than
    /// the commit index, so no committed entry is lost.
    /// </summary>
    /// <returns>False if the log has meanwhile received everything that the snapshot replaces.</returns>
    private bool Install(Snapshot snapshot)
    {
        var last = snapshot.Last;
        if (last.Index <= _commitIndex || _log.Contains(last.Index, last.Term))
        {
            _snapshots.GiveUp();
            return false;
        }

        Log.Info("{0} term {1}: replaces its log, committed up to entry {3}, with the leader's snapshot of entry {2}",
            Id, _term, last.Index, _commitIndex);
        _journal.ForgetAfter(_commitIndex);
        _log.Restart(last);
        _members.Incarnations.Restart(snapshot.Incarnations);
        _commitIndex = last.Index;
        _snapshots.OnInstalled();
        _machine.Install(last.Index, snapshot.Bytes);
        CheckReadmission();
        return true;
    }

    /// <summary>
    /// Answers linearizable queries on the follower (dissertation §6.4). The leader, which has to confirm its leadership, only
    /// names the index up to which the follower must have applied the log.
    /// </summary>
    private void OnClientQuery(FollowerReads reads, ClientQuery query)
    {
        Admit(query, reads.TryAdd);
        BeginReadIndex(reads);
    }

    private void BeginReadIndex(FollowerReads reads)
    {
        if (!reads.IsRequestDue) return;
        reads.BeginRequest(_numbers.Next());
        SendReadIndexRequest(reads);
    }

    /// <summary>Sends the ReadIndex request, and repeats it after a heartbeat interval in case it was lost.</summary>
    private void SendReadIndexRequest(FollowerReads reads)
    {
        if (_leader is not { } leader || reads.ReadId is not { } readId) return;
        SendWhenTermDurable(_peers[leader], new RequestReadIndex(Cluster, Id, _term, readId));
        Timers.StartSingleTimer(ReadIndexOverdue.Instance, ReadIndexOverdue.Instance, _settings.HeartbeatInterval);
    }

    private void OnReadIndex(FollowerReads reads, ReadIndexGranted granted)
    {
        if (granted.ReadId != reads.ReadId) return;
        Timers.Cancel(ReadIndexOverdue.Instance);
        reads.OnReadIndex(granted.Index);
        AnswerApplied(reads);
        BeginReadIndex(reads);
    }

    /// <summary>Passes queries to the state machine, which has already been sent all committed entries.</summary>
    private void AnswerApplied(FollowerReads reads)
    {
        foreach (var client in reads.DrainAnswerable(_commitIndex))
            _machine.Answer(client.Key, [.. client]);
    }

    /// <summary>The leader or the role has changed; the clients have to retry.</summary>
    private void RefuseReads(FollowerReads reads)
    {
        Timers.Cancel(ReadIndexOverdue.Instance);
        var replies = new ReplyBatches(Context.Parent, _settings.MaxAppendBytes);
        foreach (var (client, query) in reads.All) replies.Add(client, new NotLeader(query.RequestId));
        replies.Send();
    }
}

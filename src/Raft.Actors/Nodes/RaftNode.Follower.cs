using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>A follower answers leaders and candidates; hearing neither, it becomes a candidate (Raft §5.2).</summary>
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
            case ClientQuery { Consistency: ReadConsistency.Follower } query when _leader is not null: OnClientQuery(reads, query); return true;
            case ReadIndexGranted granted when granted.Term == _term: OnReadIndex(reads, granted); return true;
            case ReadIndexOverdue: AskForReadIndex(reads); return true;
            default: return false;
        }
    }

    /// <summary>Takes the leader's entries (Raft §5.3, Figure 2: AppendEntries RPC, receiver).</summary>
    private void OnAppendEntries(AppendEntries append)
    {
        if (!HearLeader(append)) return;
        if (!_log.Fits(append.PreviousIndex, append.PreviousTerm))
        {
            var conflict = _log.ConflictAt(append.PreviousIndex);
            SendWhenDurable(Sender, new AppendRejected(
                Cluster, Id, _term, append.PreviousIndex, conflict.Term, conflict.Index, append.Round));
            return;
        }

        _telemetry.Journal.Follow(append, _log.LastIndex);
        Take(append.Entries);
        var verified = append.PreviousIndex + append.Entries.Count;
        Commit(LogIndex.Min(append.LeaderCommit, verified), waiting: []);
        Acknowledge(append, verified);
    }

    /// <summary>A message of the leader keeps this node from becoming a candidate (Raft §5.2).</summary>
    /// <returns>False where another node leads the term.</returns>
    private bool HearLeader(RaftRpc rpc)
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

    private void Take(IReadOnlyList<LogEntry> entries)
    {
        var difference = _log.Compare(entries);
        if (difference.TruncateFrom is { } from)
        {
            var committed = LogIndex.Max(_commitIndex, _committedOnDisk);
            if (from <= committed)
                throw new NodeHaltedException(
                    $"the leader of term {_term} contradicts entry {from}, but entries up to {committed} are committed: the "
                    + "members that elected it lost them. Keep this node's data, which has them, and look what happened to the "
                    + "others'.");
            TruncateLog(from);
        }

        if (difference.Missing.Count == 0) return;
        AppendToLog(difference.Missing);
        if (difference.Missing.Any(entry => entry.Kind == EntryKind.Readmission)) CheckOwnIncarnation();
    }

    /// <summary>
    /// An append is acknowledged when it is on disk. A heartbeat is answered at once, for what already is: so a slow disk
    /// does not look like a dead follower, and a read need not wait for it.
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
    /// A follower that lacks entries which its leader has no more gets the leader's state in their place (Raft §7, Figure 13:
    /// InstallSnapshot RPC, receiver).
    /// </summary>
    private void OnInstallSnapshot(SnapshotReception reception, InstallSnapshot part)
    {
        if (!HearLeader(part)) return;
        if (_log.Contains(part.Last.Index, part.Last.Term)) Commit(part.Last.Index, waiting: []);
        if (part.Last.Index <= _commitIndex)
        {
            if (!_machine.IsRestoring)
                SendWhenDurable(
                    Sender, new AppendAccepted(Cluster, Id, _term, part.Last.Index, part.Round, _transfer.Preference));
            return;
        }

        var isInstalling = _snapshots.Saving is { IsInstalled: true } saving && saving.Snapshot.Last == part.Last;
        if (!isInstalling && reception.Take(part) is { } whole)
        {
            _snapshots.Save(whole, isInstalled: true);
            isInstalling = true;
        }

        var wanted = isInstalling ? part.Length : reception.Wanted;
        SendWhenTermDurable(Sender, new SnapshotReceived(Cluster, Id, _term, part.Last.Index, wanted, part.Part, part.Round));
    }

    /// <summary>
    /// The snapshot takes the place of the whole log: that ends before it, or contradicts it (Figure 13, rule 7). Whatever this
    /// node has committed is in it, since it is newer.
    /// </summary>
    /// <returns>False where the log has come to have all that it replaces meanwhile.</returns>
    private bool Install(Snapshot snapshot)
    {
        var last = snapshot.Last;
        if (last.Index <= _commitIndex || _log.Contains(last.Index, last.Term))
        {
            _snapshots.GiveUp();
            return false;
        }

        Log.Info("{0} term {1}: takes a snapshot of entry {2} in place of its log, which had committed {3}",
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
    /// A follower answers linearizable queries itself (dissertation §6.4): the leader, which has to confirm that it leads, only
    /// says how far the log must be applied.
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
        AskForReadIndex(reads);
    }

    /// <summary>Asks the leader, and again after a heartbeat interval: the message may be lost.</summary>
    private void AskForReadIndex(FollowerReads reads)
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

    /// <summary>What is committed is on its way to the state machine, before the queries.</summary>
    private void AnswerApplied(FollowerReads reads)
    {
        foreach (var client in reads.DrainAnswerable(_commitIndex))
            _machine.Answer(client.Key, [.. client]);
    }

    /// <summary>The leader or the role has changed: the clients ask again.</summary>
    private void RefuseReads(FollowerReads reads)
    {
        Timers.Cancel(ReadIndexOverdue.Instance);
        var replies = new ReplyBatches(Context.Parent, _settings.MaxAppendBytes);
        foreach (var (client, query) in reads.All) replies.Add(client, new NotLeader(query.RequestId));
        replies.Send();
    }
}

using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Raft.Actors.StateMachines;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>A leader takes requests, replicates its log, and commits what a majority has (Raft §5.3, §5.4.2, §8).</summary>
internal sealed partial class RaftNode
{
    private void BecomeLeader(string why)
    {
        var leader = new Leadership(_term, Others, _log.LastIndex, InheritedBytes(), _settings, Now)
        {
            Clock = new LogClock(_log.LastTime, Now),
            Telemetry = new LeaderTelemetry(_telemetry),
        };
        Timers.Cancel(ElectionTimeout.Instance);
        Enter(RaftRole.Leader, Id, message => Leading(leader, message), leaving => LeaveOffice(leader, leaving), why);
        _gathering = new Gathering(() => AppendGathered(leader), () => leader.Gathered);
        leader.Rounds.Begin(Now);
        WaitBeforeHandOver();
        Append(leader, [new LogEntry(leader.FirstIndexOfTerm, _term, EntryKind.NoOp, default) { Time = _log.LastTime }]);
        StartHeartbeatTimer();
    }

    /// <summary>
    /// Commands of leaders before, which may not be committed. A node that has just started does not know what is: then its log
    /// does not count.
    /// </summary>
    private long InheritedBytes() => _commitIndex == LogIndex.Zero
        ? 0
        : _log.Range(_commitIndex.Next(), _log.LastIndex).Sum(e => (long)e.Command.Length);

    private bool Leading(Leadership leader, object message)
    {
        switch (message)
        {
            case Propose propose: OnPropose(leader, propose); return true;
            case Ask { Consistency: ReadConsistency.Lease } ask: OnLeaseAsk(leader, ask); return true;
            case Ask { Consistency: not ReadConsistency.Stale } ask: OnAsk(leader, ask); return true;
            case RequestReadIndex request when request.Term == _term: OnRequestReadIndex(leader, request); return true;
            case AppendAccepted reply when reply.Term == _term: OnAccepted(leader, reply); return true;
            case AppendRejected reply when reply.Term == _term: OnRejected(leader, reply); return true;
            case SnapshotReceived reply when reply.Term == _term: OnReceived(leader, reply); return true;
            case SnapshotWritten { Purpose: SnapshotPurpose.Followers } written: OnOutgoingWritten(leader, written); return true;
            case SnapshotFailed { Purpose: SnapshotPurpose.Followers }: _isOutgoingDue = false; return false;
            case HeartbeatDue: OnHeartbeatDue(leader); return true;
            case GetStatus: Sender.Tell(Status() with { Followers = leader.FollowerStatuses(_commitIndex, Now) }); return true;
            case TransferLeadership transfer: OnTransferLeadership(leader, transfer); return true;
            case HandOver: OnHandOver(leader); return true;
            case EntriesApplied applied: leader.OnApplied(applied.LastApplied); return false;
            case AppendEntries or InstallSnapshot when message is RaftRpc rpc && rpc.Term == _term:
                WarnOnce($"{rpc.From} claims to lead term {_term}, which {Id} leads: a defect, or a forged message.");
                return true;
            default: return false;
        }
    }

    private void LeaveOffice(Leadership leader, Leaving leaving)
    {
        Timers.Cancel(HeartbeatDue.Instance);
        _gathering = Gathering.None;
        (_outgoing, _isOutgoingDue) = (null, false);
        leader.AnswerAll(Context.Parent, leaving);
    }

    private void OnPropose(Leadership leader, Propose propose)
    {
        List<ClientReply>? refusals = null;
        foreach (var proposal in propose.Proposals)
        {
            if (ProposalGuard.Problem(proposal, _settings) is { } problem)
            {
                (refusals ??= []).Add(new RequestRefused(proposal.RequestId, problem));
                _telemetry.Refused("invalid");
            }
            else if (!leader.TryGather(proposal, Sender))
            {
                (refusals ??= []).Add(new Overloaded(proposal.RequestId));
                _telemetry.Refused("overloaded");
            }
        }

        if (refusals is not null) Answer(new ClientReplies(refusals));
    }

    /// <summary>
    /// Appends what gathered while the journal wrote: one batch, one event, one disk sync. While the leadership is on its way to
    /// another node everything waits, so that its log comes to an end (dissertation §3.10).
    /// </summary>
    private void AppendGathered(Leadership leader)
    {
        if (leader.Gathered > 0 && !IsTransferring) Append(leader, leader.TakeGathered(_log.LastIndex, leader.Clock.At(Now)));
    }

    private void Append(Leadership leader, IReadOnlyList<LogEntry> entries)
    {
        AppendToLog(entries);
        _journal.WhenDurable(() => OnOwnWriteDurable(leader));
        foreach (var (id, progress) in leader.Followers) Replicate(leader, id, progress);
    }

    private void OnOwnWriteDurable(Leadership leader)
    {
        if (_role != RaftRole.Leader || _term != leader.Term) return;
        CommitByCounting(leader);
    }

    /// <summary>Sends what the follower lacks, as far as its window allows.</summary>
    private void Replicate(Leadership leader, NodeId id, Progress progress)
    {
        progress.OnCompacted(_log.FirstIndex);
        if (progress.Mode == ReplicationMode.Snapshot) SendSnapshot(leader, id, progress);
        while (progress.CanSend && progress.Next <= _log.LastIndex)
        {
            var entries = _log.Slice(progress.Next, _settings.MaxAppendEntries, _settings.MaxAppendBytes);
            Send(leader, id, progress, entries);
            progress.OnSent(entries[^1].Index, entries.Sum(e => e.EncodedBytes));
        }
    }

    private void Send(Leadership leader, NodeId id, Progress progress, IReadOnlyList<LogEntry> entries)
    {
        progress.OnCompacted(_log.FirstIndex);
        var previous = progress.Next.Previous();
        var previousTerm = _log.TermAt(previous)
            ?? throw new InvalidOperationException(
                $"{id} is to get entry {progress.Next}, but the log has entries {_log.FirstIndex} to {_log.LastIndex}.");
        var append = new AppendEntries(
            _cluster, Id, _term, previous, previousTerm, entries, _commitIndex, leader.Rounds.Newest)
        {
            Journal = Stamp,
        };
        _peers[id].Tell(leader.Telemetry.Sending(id, append));
    }

    private void StartHeartbeatTimer() =>
        Timers.StartSingleTimer(HeartbeatDue.Instance, HeartbeatDue.Instance, _settings.HeartbeatInterval);

    private void OnHeartbeatDue(Leadership leader)
    {
        if (_settings.IsCheckQuorumOn && WhyUnfit(leader) is { } why)
        {
            ResetElectionTimer();
            BecomeFollower(leader: null, why);
            return;
        }

        StartHeartbeatTimer();
        GiveUpSnapshots(leader);
        leader.Rounds.Begin(Now);
        foreach (var (id, progress) in leader.Followers)
        {
            progress.Observe(_commitIndex, Now);
            if (progress.CanSend && progress.Next <= _log.LastIndex) Replicate(leader, id, progress);
            else Send(leader, id, progress, entries: []);
        }

        ConfirmRounds(leader);
        if (_telemetry.Gauges.AreRead) _telemetry.Gauges.Leader = leader.Reading(_log.LastIndex, _commitIndex, Now);
        PursueTransfer(leader);
        HandOverToPreferred(leader);
    }

    /// <summary>
    /// A leader without a majority, or without a disk, only keeps the others from electing one that works (dissertation §6.2).
    /// </summary>
    private string? WhyUnfit(Leadership leader)
    {
        var limit = _settings.ElectionTimeoutMax;
        return _journal.IsStalled ? $"its disk has written nothing for {limit.TotalMilliseconds} ms"
            : Now - leader.Rounds.UnconfirmedSince > limit ? $"no majority answered for {limit.TotalMilliseconds} ms"
            : null;
    }

    private void OnAccepted(Leadership leader, AppendAccepted reply)
    {
        if (IsForeign(leader, reply, reply.MatchIndex, reply.Round)) return;
        var progress = ProgressOf(leader, reply);
        var transfer = progress.Transfer;
        progress.OnAccepted(reply.MatchIndex, leader.Rounds.Newest);
        if (transfer is not null && progress.Transfer is null) _telemetry.SnapshotEnds("send", transfer.Began);
        leader.Telemetry.Accepted(reply);
        progress.Preference = reply.Preference;
        CommitByCounting(leader);
        Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
        PursueTransfer(leader);
    }

    /// <summary>Steps back over a whole term of the follower's at once (end of Raft §5.3).</summary>
    private void OnRejected(Leadership leader, AppendRejected reply)
    {
        if (IsForeign(leader, reply, reply.RejectedIndex, reply.Round)) return;
        var progress = ProgressOf(leader, reply);
        var retryAt = reply.ConflictTerm is { } term && _log.LastIndexOf(term) is { } last && last < reply.RejectedIndex
            ? last.Next()
            : reply.ConflictIndex;
        if (progress.HasForgotten(LogIndex.Min(retryAt, reply.RejectedIndex), reply.Round))
        {
            OnForgotten(leader, reply);
            return;
        }

        leader.Telemetry.Rejected(reply);
        var isNews = progress.OnRejected(reply.RejectedIndex, retryAt);
        if (isNews && reply.RejectedIndex < _log.FirstIndex) progress.BeginSnapshot(_log.FirstIndex);
        progress.Transfer?.OnRound(reply.Round);
        if (isNews || progress.Mode == ReplicationMode.Snapshot) Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
    }

    /// <summary>No working follower answers for an entry or a read round that this leader never sent.</summary>
    private bool IsForeign(Leadership leader, RaftRpc reply, LogIndex index, long round)
    {
        if (index <= _log.LastIndex && round <= leader.Rounds.Newest) return false;
        WarnOnce($"{reply.GetType().Name} of {reply.From} is about entry {index} and round {round}, but the log ends at "
            + $"{_log.LastIndex} and the newest round is {leader.Rounds.Newest}.");
        return true;
    }

    /// <summary>
    /// Only an entry of the leader's own term is committed by counting; those before it are with it (Raft §5.4.2).
    /// </summary>
    private void CommitByCounting(Leadership leader)
    {
        var match = leader.MajorityMatch(_journal.DurableIndex);
        if (match <= _commitIndex || _log.TermAt(match) != _term) return;
        Commit(match, leader.TakeCommitted(match));
        BeginReadRound(leader);
    }
}

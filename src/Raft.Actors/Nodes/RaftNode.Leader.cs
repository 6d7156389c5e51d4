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
        var leader = new LeaderState(_term, Others, _log.LastIndex, InheritedBytes(), _settings, Now)
        {
            Clock = new LogClock(_log.LastTime, Now),
            Telemetry = new LeaderTelemetry(_telemetry),
        };
        Timers.Cancel(ElectionTimeout.Instance);
        var behaviour = new RoleBehaviour(RaftRole.Leader, InRole(message => Leading(leader, message)))
        {
            Leave = leaving => StepDown(leader, leaving),
            AppendBatch = () => AppendBatch(leader),
            PendingProposals = () => leader.PendingProposals,
            OutgoingSnapshot = () => leader.Outgoing.Snapshot?.Last.Index,
        };
        Enter(behaviour, Id, why);
        leader.Rounds.Begin(Now);
        _transfer.OnElected(Now);
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

    private bool Leading(LeaderState leader, object message)
    {
        switch (message)
        {
            case Propose propose: OnPropose(leader, propose); return true;
            case ClientQuery { Consistency: ReadConsistency.Lease } query: OnLeaseQuery(leader, query); return true;
            case ClientQuery { Consistency: not ReadConsistency.Stale } query: OnClientQuery(leader, query); return true;
            case RequestReadIndex request when request.Term == _term: OnRequestReadIndex(leader, request); return true;
            case AppendAccepted reply when reply.Term == _term: OnAccepted(leader, reply); return true;
            case AppendRejected reply when reply.Term == _term: OnRejected(leader, reply); return true;
            case SnapshotReceived reply when reply.Term == _term: OnReceived(leader, reply); return true;
            case SnapshotWritten { Purpose: SnapshotPurpose.Followers } written: OnOutgoingWritten(leader, written); return true;
            case SnapshotFailed { Purpose: SnapshotPurpose.Followers }: leader.Outgoing.OnAnswered(); return false;
            case HeartbeatDue: OnHeartbeatDue(leader); return true;
            case GetStatus: Sender.Tell(Status() with { Followers = leader.FollowerStatuses(_commitIndex, Now) }); return true;
            case TransferLeadership transfer: OnTransferLeadership(leader, transfer); return true;
            case TransferOnShutdown: OnTransferOnShutdown(leader); return true;
            case EntriesApplied applied: leader.OnApplied(applied.LastApplied); return false;
            case AppendEntries or InstallSnapshot when message is RaftRpc rpc && rpc.Term == _term:
                WarnOnce($"{rpc.From} claims to lead term {_term}, which {Id} leads: a defect, or a forged message.");
                return true;
            default: return false;
        }
    }

    private void StepDown(LeaderState leader, Leaving leaving)
    {
        Timers.Cancel(HeartbeatDue.Instance);
        leader.AnswerAll(Context.Parent, leaving);
    }

    private void OnPropose(LeaderState leader, Propose propose)
    {
        List<ClientReply>? refusals = null;
        foreach (var proposal in propose.Proposals)
        {
            if (ProposalGuard.Problem(proposal, _settings) is { } problem)
            {
                (refusals ??= []).Add(new RequestRefused(proposal.RequestId, problem));
                _telemetry.Refused("invalid");
            }
            else if (!leader.TryEnqueue(proposal, Sender))
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
    private void AppendBatch(LeaderState leader)
    {
        if (leader.PendingProposals > 0 && !IsTransferring) Append(leader, leader.DrainBatch(_log.LastIndex, leader.Clock.At(Now)));
    }

    private void Append(LeaderState leader, IReadOnlyList<LogEntry> entries)
    {
        AppendToLog(entries);
        _journal.WhenDurable(() => OnOwnWriteDurable(leader));
        foreach (var (id, progress) in leader.Followers) Replicate(leader, id, progress);
    }

    private void OnOwnWriteDurable(LeaderState leader)
    {
        if (Role != RaftRole.Leader || _term != leader.Term) return;
        CommitByCounting(leader);
    }

    /// <summary>Sends what the follower lacks, as far as its window allows.</summary>
    private void Replicate(LeaderState leader, NodeId id, Progress progress)
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

    private void Send(LeaderState leader, NodeId id, Progress progress, IReadOnlyList<LogEntry> entries)
    {
        progress.OnCompacted(_log.FirstIndex);
        var previous = progress.Next.Previous();
        var previousTerm = _log.TermAt(previous)
            ?? throw new InvalidOperationException(
                $"{id} is to get entry {progress.Next}, but the log has entries {_log.FirstIndex} to {_log.LastIndex}.");
        var append = new AppendEntries(
            Cluster, Id, _term, previous, previousTerm, entries, _commitIndex, leader.Rounds.Newest)
        {
            Journal = Stamp,
        };
        _peers[id].Tell(leader.Telemetry.Sending(id, append));
    }

    private void StartHeartbeatTimer() =>
        Timers.StartSingleTimer(HeartbeatDue.Instance, HeartbeatDue.Instance, _settings.HeartbeatInterval);

    private void OnHeartbeatDue(LeaderState leader)
    {
        if (_settings.IsCheckQuorumOn && ReasonToStepDown(leader) is { } why)
        {
            ResetElectionTimer();
            BecomeFollower(leader: null, why);
            return;
        }

        StartHeartbeatTimer();
        leader.GiveUpSnapshots(Now);
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
        TransferToPreferred(leader);
    }

    /// <summary>
    /// A leader without a majority, or without a disk, only keeps the others from electing one that works (dissertation §6.2).
    /// </summary>
    private string? ReasonToStepDown(LeaderState leader)
    {
        var limit = _settings.ElectionTimeoutMax;
        return _journal.IsStalled ? $"its disk has written nothing for {limit.TotalMilliseconds} ms"
            : Now - leader.Rounds.UnconfirmedSince > limit ? $"no majority answered for {limit.TotalMilliseconds} ms"
            : null;
    }

    private void OnAccepted(LeaderState leader, AppendAccepted reply)
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
    private void OnRejected(LeaderState leader, AppendRejected reply)
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
    private bool IsForeign(LeaderState leader, RaftRpc reply, LogIndex index, long round)
    {
        if (index <= _log.LastIndex && round <= leader.Rounds.Newest) return false;
        WarnOnce($"{reply.GetType().Name} of {reply.From} is about entry {index} and round {round}, but the log ends at "
            + $"{_log.LastIndex} and the newest round is {leader.Rounds.Newest}.");
        return true;
    }

    /// <summary>
    /// Only an entry of the leader's own term is committed by counting; those before it are with it (Raft §5.4.2).
    /// </summary>
    private void CommitByCounting(LeaderState leader)
    {
        var match = leader.MajorityMatch(_journal.DurableIndex);
        if (match <= _commitIndex || _log.TermAt(match) != _term) return;
        Commit(match, leader.DrainCommitted(match));
        BeginReadRound(leader);
    }

    /// <summary>
    /// A follower that lacks entries which the leader has no more gets the leader's state (Raft §7, Figure 13: InstallSnapshot
    /// RPC, sender): the next part, once it has the one before.
    /// </summary>
    private void SendSnapshot(LeaderState leader, NodeId id, Progress progress)
    {
        if (leader.Outgoing.Snapshot is not { } snapshot)
        {
            if (!_snapshots.IsPaused(Now) && leader.Outgoing.TryRequest()) _machine.WriteSnapshot(SnapshotPurpose.Followers);
            return;
        }

        var transfer = progress.TransferOf(snapshot.Last.Index, snapshot.Length, _telemetry.SnapshotBegins());
        if (!transfer.CanSend) return;
        var data = snapshot.Part(transfer.Offset, _settings.SnapshotChunkBytes);
        var (offset, round) = (transfer.Offset, leader.Rounds.Newest);
        var part = transfer.OnSent(round);
        _peers[id].Tell(new InstallSnapshot(Cluster, Id, _term, snapshot.Last, snapshot.Length, offset, data, part, round)
        {
            Incarnations = snapshot.Incarnations,
            Journal = Stamp,
        });
    }

    private void OnOutgoingWritten(LeaderState leader, SnapshotWritten written)
    {
        leader.Outgoing.OnAnswered();

        // One that was written in an earlier term of office may be older than the log by now.
        if (written.Index < _log.Start.Index) return;
        leader.Outgoing.Snapshot = SnapshotOf(written);
        foreach (var (id, progress) in leader.Followers) Replicate(leader, id, progress);
    }

    private void OnReceived(LeaderState leader, SnapshotReceived reply)
    {
        if (IsForeign(leader, reply, reply.Index, reply.Round)) return;
        var progress = ProgressOf(leader, reply);
        if (progress.Transfer?.OnReceived(reply.Index, reply.Part, reply.Offset) == true) Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
    }

    /// <summary>
    /// A leader answers from its state machine alone: no read appends to the log. Before that it has a majority confirm that it
    /// still leads, one round of heartbeats for all reads that wait (Raft §8, dissertation §6.4), or trusts its lease (§6.4.1).
    /// </summary>
    private void OnClientQuery(LeaderState leader, ClientQuery query)
    {
        Admit(query, leader.Reads.TryAdd);
        BeginReadRound(leader);
    }

    private void OnLeaseQuery(LeaderState leader, ClientQuery query)
    {
        if (!_settings.AreLeaseReadsOn) RefuseLease(query);
        else if (HasLease(leader)) AnswerNow(query);
        else OnClientQuery(leader, query);
    }

    private void RefuseLease(ClientQuery query)
    {
        const string Reason = "Lease reads are off; ask for linearizable ones, or set raft.lease-reads = on.";
        Answer(new ClientReplies([.. query.Queries.Select(q => new RequestRefused(q.RequestId, Reason))]));
    }

    /// <summary>
    /// Nobody else can have been elected: a majority heard this leader, and none of them votes for another before its shortest
    /// election timeout is over. A follower that was asked to take over need not wait for that, whenever the message reaches
    /// it: so there is no lease in this term any more.
    /// </summary>
    private bool HasLease(LeaderState leader) =>
        _commitIndex >= leader.FirstIndexOfTerm
        && !leader.HasSentTimeoutNow
        && leader.Rounds.ConfirmedAt is { } sentAt
        && Now - sentAt < _settings.Lease;

    private void OnRequestReadIndex(LeaderState leader, RequestReadIndex request)
    {
        leader.Reads.Add(request);
        BeginReadRound(leader);
    }

    /// <summary>
    /// Before an entry of its own term is committed, a leader does not know what is (Raft §8). A follower that is many rounds
    /// behind gets heartbeats alone: messages to one that is down must not pile up.
    /// </summary>
    private void BeginReadRound(LeaderState leader)
    {
        if (_commitIndex < leader.FirstIndexOfTerm || !leader.Reads.IsRoundDue) return;
        leader.Rounds.Begin(Now);
        leader.Reads.BeginRound(leader.Rounds.Newest, _commitIndex);
        foreach (var (id, progress) in leader.Followers)
        {
            if (leader.Rounds.Newest - progress.Round <= _settings.MaxInflightAppends) Send(leader, id, progress, entries: []);
        }

        ConfirmRounds(leader);
    }

    private void OnRound(LeaderState leader, Progress progress, long round)
    {
        progress.OnRound(round, Now);
        ConfirmRounds(leader);
    }

    private void ConfirmRounds(LeaderState leader)
    {
        var round = leader.MajorityRound();
        leader.Rounds.Confirm(round);
        AnswerConfirmed(leader, round);
    }

    /// <summary>
    /// A majority answered since the reads came, so no newer leader had committed anything then. What was committed is
    /// already on its way to the state machine, before the queries.
    /// </summary>
    private void AnswerConfirmed(LeaderState leader, long round)
    {
        if (leader.Reads.DrainConfirmed(round) is not { } confirmed) return;
        foreach (var reads in confirmed.Queries) _machine.Answer(reads.Key, [.. reads]);
        foreach (var (follower, readId) in confirmed.Requests)
            _peers[follower].Tell(new ReadIndexGranted(Cluster, Id, _term, readId, confirmed.Index));
        BeginReadRound(leader);
    }
}

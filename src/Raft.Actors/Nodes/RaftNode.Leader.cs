using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Raft.Actors.StateMachines;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// A leader accepts requests, replicates its log, and commits entries that a majority has (Raft §5.3, §5.4.2, §8).
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// The limit of one write, in multiples of <c>raft.max-append-bytes</c>. Without it, a slow disk would look stalled under
    /// load.
    /// </summary>
    private const int MaxAppendsPerWrite = 4;

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
    /// The size of inherited commands that may not be committed. A node that has just started does not know its commit index, so
    /// it counts none.
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
    /// Appends the proposals that arrived during the last write: a few batches, one disk sync. What exceeds the limit of a write
    /// waits for the next one. During a leadership transfer proposals wait, so that the target can catch up (dissertation §3.10).
    /// </summary>
    private void AppendBatch(LeaderState leader)
    {
        var room = (long)MaxAppendsPerWrite * _settings.MaxAppendBytes;
        while (room > 0 && leader.PendingProposals > 0 && !IsTransferring)
        {
            var batch = leader.DrainBatch(_log.LastIndex, leader.Clock.At(Now));
            Append(leader, batch);
            room -= batch.EncodedBytes;
        }
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

    /// <summary>Sends the follower the entries that it lacks, as far as its window allows.</summary>
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
                $"{id} needs entry {progress.Next}, but the log has entries {_log.FirstIndex} to {_log.LastIndex}.");
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
    /// Check quorum (dissertation §6.2): a leader that no majority answers, or whose disk is stalled, only prevents the election
    /// of one that works.
    /// </summary>
    private string? ReasonToStepDown(LeaderState leader)
    {
        var limit = _settings.ElectionTimeoutMax;
        return _journal.IsStalled ? $"its disk has been stalled for {limit.TotalMilliseconds} ms"
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

    /// <summary>Skips a whole term of conflicting entries at once (end of Raft §5.3).</summary>
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

    /// <summary>
    /// Whether an answer is about an entry or a round that this leader never sent. No correct follower sends one.
    /// </summary>
    private bool IsForeign(LeaderState leader, RaftRpc reply, LogIndex index, long round)
    {
        if (index <= _log.LastIndex && round <= leader.Rounds.Newest) return false;
        WarnOnce($"{reply.GetType().Name} from {reply.From} refers to entry {index} and round {round}, but the log ends at "
            + $"{_log.LastIndex} and the newest round is {leader.Rounds.Newest}.");
        return true;
    }

    /// <summary>
    /// Only entries of the leader's own term are committed by counting replicas; they commit all entries before them (Raft
    /// §5.4.2).
    /// </summary>
    private void CommitByCounting(LeaderState leader)
    {
        var match = leader.MajorityMatch(_journal.DurableIndex);
        if (match <= _commitIndex || _log.TermAt(match) != _term) return;
        Commit(match, leader.DrainCommitted(match));
        BeginReadRound(leader);
    }

    /// <summary>
    /// Sends the leader's snapshot to a follower that lacks compacted entries (Raft §7, Figure 13: InstallSnapshot RPC, sender):
    /// the next part whenever the follower has the previous one.
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

        // A snapshot that an earlier leadership of this node requested may be older than the log's start.
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
    /// Linearizable reads (Raft §8, dissertation §6.4): no read appends to the log. One heartbeat round for all waiting reads
    /// confirms that this node still leads; then the state machine answers.
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
        const string Reason = "Lease reads are off. Use linearizable reads, or set raft.lease-reads = on.";
        Answer(new ClientReplies([.. query.Queries.Select(q => new RequestRefused(q.RequestId, Reason))]));
    }

    /// <summary>
    /// Lease reads (dissertation §6.4.1): after a majority heard this leader, none of those nodes votes for another one before
    /// its shortest election timeout has elapsed, so no other leader exists. A follower that gets TimeoutNow campaigns at once,
    /// whenever the message arrives; so there is no lease in the rest of the term.
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
    /// A leader does not know the commit index before an entry of its own term is committed (Raft §8). A follower that is many
    /// rounds behind gets only the regular heartbeats, so that messages to an unreachable node don't pile up.
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
    /// A majority answered after these reads arrived, so no newer leader had committed anything by then. The state machine has
    /// already been sent all committed entries.
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

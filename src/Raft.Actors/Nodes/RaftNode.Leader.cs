using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Nodes;

/// <summary>A leader takes requests, replicates its log, and commits what a majority has (Raft §5.3, §5.4.2, §8).</summary>
internal sealed partial class RaftNode
{
    private void BecomeLeader(string why)
    {
        var leader = new Leadership(_term, Others, _log.LastIndex, _settings)
        {
            Clock = new LogClock(_log.LastTime, Context.System.Scheduler.MonotonicClock),
        };
        Timers.Cancel(ElectionTimeout.Instance);
        Enter(RaftRole.Leader, Id, message => Leading(leader, message), leaving => LeaveOffice(leader, leaving), why);
        Append(leader, [new LogEntry(leader.FirstIndexOfTerm, _term, EntryKind.NoOp, default) { Time = _log.LastTime }]);
        StartHeartbeatTimer();
    }

    private bool Leading(Leadership leader, object message)
    {
        switch (message)
        {
            case Propose propose: OnPropose(leader, propose); return true;
            case Ask { Consistency: ReadConsistency.Linearizable } ask: OnAsk(leader, ask); return true;
            case AppendAccepted reply when reply.Term == _term: OnAccepted(leader, reply); return true;
            case AppendRejected reply when reply.Term == _term: OnRejected(leader, reply); return true;
            case HeartbeatDue: OnHeartbeatDue(leader); return true;
            case EntriesApplied applied: leader.OnApplied(applied.LastApplied); return false;
            case AppendEntries append when append.Term == _term:
                WarnOnce($"{append.From} claims to lead term {_term}, which {Id} leads: a defect, or a forged message.");
                return true;
            default: return false;
        }
    }

    private void LeaveOffice(Leadership leader, Leaving leaving)
    {
        Timers.Cancel(HeartbeatDue.Instance);
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
            }
            else if (!leader.TryGather(proposal, Sender))
            {
                (refusals ??= []).Add(new Overloaded(proposal.RequestId));
            }
        }

        if (refusals is not null) Answer(new ClientReplies(refusals));
        AppendGathered(leader);
    }

    /// <summary>Appends what has gathered, once the write before it is done: one batch, one event, one disk sync.</summary>
    private void AppendGathered(Leadership leader)
    {
        if (IsWriting) return;
        var entries = leader.TakeGathered(_log.LastIndex, leader.Clock.At(Context.System.Scheduler.MonotonicClock));
        if (entries.Count > 0) Append(leader, entries);
    }

    private void Append(Leadership leader, IReadOnlyList<LogEntry> entries)
    {
        AppendToLog(entries);
        Promise(() => OnOwnWriteDurable(leader));
        foreach (var (id, progress) in leader.Followers) Replicate(leader, id, progress);
    }

    private void OnOwnWriteDurable(Leadership leader)
    {
        if (_role != RaftRole.Leader || _term != leader.Term) return;
        CommitByCounting(leader);
        AppendGathered(leader);
    }

    /// <summary>Sends what the follower lacks, as far as its window allows.</summary>
    private void Replicate(Leadership leader, NodeId id, Progress progress)
    {
        while (progress.CanSend && progress.Next <= _log.LastIndex)
        {
            var entries = _log.Slice(progress.Next, _settings.MaxAppendEntries, _settings.MaxAppendBytes);
            Send(leader, id, progress, entries);
            progress.OnSent(entries[^1].Index);
        }
    }

    private void Send(Leadership leader, NodeId id, Progress progress, IReadOnlyList<LogEntry> entries)
    {
        var previous = progress.Next.Previous();
        var previousTerm = _log.TermAt(previous)
            ?? throw new InvalidOperationException($"{id} is to get entry {progress.Next}, but the log ends at {_log.LastIndex}.");
        _peers[id].Tell(new AppendEntries(
            _cluster, Id, _term, previous, previousTerm, entries, _commitIndex, leader.Reads.Round));
    }

    private void StartHeartbeatTimer() =>
        Timers.StartSingleTimer(HeartbeatDue.Instance, HeartbeatDue.Instance, _settings.HeartbeatInterval);

    private void OnHeartbeatDue(Leadership leader)
    {
        StartHeartbeatTimer();
        foreach (var (id, progress) in leader.Followers)
        {
            progress.OnHeartbeatInterval();
            if (progress.CanSend && progress.Next <= _log.LastIndex) Replicate(leader, id, progress);
            else Send(leader, id, progress, entries: []);
        }
    }

    private void OnAccepted(Leadership leader, AppendAccepted reply)
    {
        if (IsForeign(leader, reply, reply.MatchIndex, reply.Round)) return;
        var progress = leader.Followers[reply.From];
        progress.OnAccepted(reply.MatchIndex);
        CommitByCounting(leader);
        Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
    }

    /// <summary>Steps back over a whole term of the follower's at once (end of Raft §5.3).</summary>
    private void OnRejected(Leadership leader, AppendRejected reply)
    {
        if (IsForeign(leader, reply, reply.RejectedIndex, reply.Round)) return;
        var progress = leader.Followers[reply.From];
        var retryAt = reply.ConflictTerm is { } term && _log.LastIndexOf(term) is { } last && last < reply.RejectedIndex
            ? last.Next()
            : reply.ConflictIndex;
        if (progress.OnRejected(reply.RejectedIndex, retryAt)) Replicate(leader, reply.From, progress);
        OnRound(leader, progress, reply.Round);
    }

    /// <summary>No working follower answers for an entry or a read round that this leader never sent.</summary>
    private bool IsForeign(Leadership leader, RaftRpc reply, LogIndex index, long round)
    {
        if (index <= _log.LastIndex && round <= leader.Reads.Round) return false;
        WarnOnce($"{reply.GetType().Name} of {reply.From} is about entry {index} and round {round}, but the log ends at "
            + $"{_log.LastIndex} and the newest round is {leader.Reads.Round}.");
        return true;
    }

    /// <summary>
    /// Only an entry of the leader's own term is committed by counting; those before it are with it (Raft §5.4.2).
    /// </summary>
    private void CommitByCounting(Leadership leader)
    {
        var match = leader.MajorityMatch(_durableIndex);
        if (match <= _commitIndex || _log.TermAt(match) != _term) return;
        Commit(match, leader.TakeCommitted(match));
        BeginReadRound(leader);
    }

    private void OnAsk(Leadership leader, Ask ask)
    {
        List<ClientReply>? refusals = null;
        foreach (var question in ask.Questions)
        {
            if (!leader.Reads.TryAdd(Sender, question)) (refusals ??= []).Add(new Overloaded(question.RequestId));
        }

        if (refusals is not null) Answer(new ClientReplies(refusals));
        BeginReadRound(leader);
    }

    /// <summary>Before an entry of its own term is committed, a leader does not know what is (Raft §8).</summary>
    private void BeginReadRound(Leadership leader)
    {
        if (_commitIndex < leader.FirstIndexOfTerm || !leader.Reads.IsRoundDue) return;
        leader.Reads.BeginRound();
        foreach (var (id, progress) in leader.Followers) Send(leader, id, progress, entries: []);
        AnswerConfirmed(leader);
    }

    private void OnRound(Leadership leader, Progress progress, long round)
    {
        progress.OnRound(round);
        AnswerConfirmed(leader);
    }

    /// <summary>
    /// A majority answered since the reads came, so no newer leader had committed anything then. What was committed is
    /// already on its way to the state machine, before the questions.
    /// </summary>
    private void AnswerConfirmed(Leadership leader)
    {
        foreach (var reads in leader.Reads.TakeConfirmed(leader.MajorityRound()))
            _stateMachine.Tell(new AnswerQuestions(reads.Key, [.. reads]));
        BeginReadRound(leader);
    }
}

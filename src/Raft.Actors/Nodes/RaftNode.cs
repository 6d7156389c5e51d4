using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// One Raft node (Raft, Figure 2). Each role has a file of its own; this one has what all roles share. The node is
/// event-sourced: its <see cref="DurableJournal"/> is the one door to the journal, <c>RaftNode.Recovery.cs</c> reads it back.
/// </summary>
internal sealed partial class RaftNode : UntypedPersistentActor, IWithTimers
{
    private readonly RaftSettings _settings;
    private readonly IPeers _peers;
    private readonly Func<IStateMachine> _stateMachineFactory;
    private readonly Random _random;
    private readonly NodeTelemetry _telemetry;
    private NodeId[] _voters;
    private readonly DurableJournal _journal;
    private readonly HashSet<string> _loggedRefusals = [];

    private ClusterId _cluster;
    private Term _term = Term.Zero;
    private NodeId? _votedFor;
    private readonly RaftLog _log = new();

    private LogIndex _commitIndex = LogIndex.Zero;
    private LogIndex _lastApplied = LogIndex.Zero;
    private IActorRef _stateMachine = ActorRefs.Nobody;

    /// <summary>Questions that the state machine has and has not answered.</summary>
    private int _unanswered;
    private Exception? _stateMachineFailure;

    private RaftRole _role = RaftRole.Follower;
    private NodeId? _leader;

    private TimeSpan _electionTimeout;
    private TimeSpan _electionTimerStarted;
    private RoleChanged? _published;
    private long? _lastNumber;
    private UntypedReceive _behaviour;
    private Action<Leaving> _leaveRole = _ => { };

    /// <summary>What the role has for the log; it is asked for it before each write.</summary>
    private Gathering _gathering = Gathering.None;

    /// <param name="settings">Checked settings.</param>
    /// <param name="peers">How members are reached.</param>
    /// <param name="stateMachine">Makes an empty state machine; called once, at the start.</param>
    /// <param name="random">Draws election timeouts, and numbers that no node uses twice.</param>
    /// <param name="telemetry">Is told what the node does.</param>
    public RaftNode(
        RaftSettings settings, IPeers peers, Func<IStateMachine> stateMachine, Random random, NodeTelemetry telemetry)
    {
        _settings = settings;
        _peers = peers;
        _stateMachineFactory = stateMachine;
        _random = random;
        _telemetry = telemetry;
        _voters = [.. settings.Members.Select(m => m.Id)];
        _self = new Incarnation(settings.NodeId, Journal: 0);
        _journal = new DurableJournal(this, new JournalLimits(
            settings.MaxAppendEntries,
            settings.MaxAppendBytes,
            settings.MaxPendingBytes,
            StallTimeout: settings.ElectionTimeoutMax,
            CallTimeout: settings.JournalTimeout));
        _behaviour = Unhandled;
        PersistenceId = $"raft-{settings.Group}-{settings.NodeId}";
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private NodeId Id => _settings.NodeId;

    /// <summary>Time on this node's clock, which never goes back.</summary>
    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private IEnumerable<NodeId> Others => _voters.Where(v => v != Id);

    /// <inheritdoc/>
    protected override void OnCommand(object message) => _behaviour(message);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _leaveRole(Leaving.Node);
        EndTransfer(isStopping: true);
        RefuseSnapshotAskers($"{Id} stopped before its snapshot was on disk.");
        _telemetry.NodeStops();
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        _stateMachineFailure = failure;
        return Directive.Stop;
    });

    /// <summary>Takes a role: its state lives in its behaviour and ends with it.</summary>
    /// <param name="role">The role.</param>
    /// <param name="leader">The leader of the current term, where known.</param>
    /// <param name="receive">Handles the role's messages; false for one that is not the role's.</param>
    /// <param name="leave">What to do when the role ends.</param>
    /// <param name="why">For the log line; null logs nothing.</param>
    private void Enter(RaftRole role, NodeId? leader, Func<object, bool> receive, Action<Leaving> leave, string? why)
    {
        _leaveRole(Leaving.Role);
        if (why is not null)
            Log.Info("{Node} term {Term}: {FromRole} → {Role} ({Reason})", Id, _term.Value, Name(_role), Name(role), why);
        _role = role;
        _leader = leader;
        _leaveRole = leave;
        _behaviour = message => InRole(receive, message);
        Become(_behaviour);
        if (leader is not null) EndTransfer();
        PublishRole();
    }

    private void InRole(Func<object, bool> receive, object message)
    {
        if (message is RaftRpc rpc)
        {
            if (!IsAdmitted(rpc)) return;
            _peers.Heard(rpc.From);
            if (!RemembersAll(rpc) && IsAnswer(rpc)) return;
            if (rpc.Term > _term && Binds(rpc))
            {
                AdoptTerm(rpc);
                _behaviour(message);
                return;
            }
        }

        if (IsForAnotherCluster(message)) return;
        if (!receive(message) && !InAnyRole(message)) Unhandled(message);
        _journal.Flush();
        if (_telemetry.Gauges.AreRead) _telemetry.Gauges.Node = Reading();
    }

    private bool InAnyRole(object message)
    {
        switch (message)
        {
            case RequestVote request: OnRequestVote(request); return true;
            case RequestPreVote request: OnRequestPreVote(request); return true;
            case AppendEntries or InstallSnapshot: Sender.Tell(new AppendOutdated(_cluster, Id, _term) { Journal = Stamp }); return true;
            case JournalForgot forgot: OnJournalForgot(forgot); return true;
            case RaftRpc: return true;
            case FindLeader: Answer(WhoLeads()); return true;
            case Propose propose: Redirect(propose.Proposals.Select(p => p.RequestId)); return true;
            case Ask { Consistency: ReadConsistency.Stale } ask: AnswerNow(ask); return true;
            case Ask ask: Redirect(ask.Questions.Select(q => q.RequestId)); return true;
            case QuestionsAnswered answered: _unanswered -= answered.Count; return true;
            case EntriesApplied applied: _lastApplied = applied.LastApplied; return true;
            case SnapshotWritten written: OnSnapshotWritten(written); return true;
            case SnapshotFailed failed: OnSnapshotFailed(failed); return true;
            case JournalDeadline deadline: _journal.OnDeadline(deadline); return true;
            case DeleteMessagesSuccess deleted: _journal.OnDeleted(deleted.ToSequenceNr); return true;
            case DeleteMessagesFailure failure: OnDeleteFailed(failure.Cause); return true;
            case TransferLeadership transfer: PassOn(transfer); return true;
            case HandOver: OnHandOver(); return true;
            case TransferDeadline: EndTransfer(); return true;
            case FoundingMessage founding: OnFoundingMessage(founding); return true;
            case TakeSnapshot: OnTakeSnapshot(); return true;
            case GetStatus: Sender.Tell(Status()); return true;
            case GetLog page: Sender.Tell(Page(page)); return true;
            case Terminated: throw StateMachineFailed();
            default: return false;
        }
    }

    /// <summary>What a node promises leaves with an answer; what it asks for promises nothing.</summary>
    private static bool IsAnswer(RaftRpc rpc) =>
        rpc is AppendAccepted or AppendRejected or SnapshotReceived or VoteGranted or PreVoteGranted;

    private bool IsAdmitted(RaftRpc rpc)
    {
        if (rpc is RpcRefused refused)
        {
            WarnOnce($"{refused.From} refused a message of this node: {refused.Reason}");
            return false;
        }

        var problem =
            rpc.Cluster != _cluster ? $"it is of cluster {rpc.Cluster}, and this is cluster {_cluster}"
            : rpc.From == Id ? $"its sender calls itself {Id}, as this node does"
            : !_voters.Contains(rpc.From) ? $"{rpc.From} is no member of this group"
            : RpcGuard.Problem(rpc, _term);
        if (problem is null) return true;

        var reason = $"{rpc.GetType().Name} from {rpc.From} was refused by {Id}: {problem}.";
        WarnOnce(reason);
        Sender.Tell(new RpcRefused(_cluster, Id, _term, reason));
        return false;
    }

    /// <summary>Warns once of each kind of refusal: a misconfigured peer repeats itself many times a second.</summary>
    private void WarnOnce(string warning)
    {
        const int Limit = 64;
        if (_loggedRefusals.Count < Limit && _loggedRefusals.Add(warning)) Log.Warning(warning);
    }

    private void AnswerNow(Ask ask)
    {
        var admitted = new List<Question>();
        Admit(ask, (_, question) =>
        {
            if (_unanswered + admitted.Count >= _settings.MaxPendingReads) return false;
            admitted.Add(question);
            return true;
        });
        if (admitted.Count > 0) AskStateMachine(Sender, admitted);
    }

    /// <summary>Takes questions as long as there is room; the client is told of the others.</summary>
    private void Admit(Ask ask, Func<IActorRef, Question, bool> tryAdd)
    {
        List<ClientReply>? refusals = null;
        foreach (var question in ask.Questions)
        {
            if (_unanswered >= _settings.MaxPendingReads || !tryAdd(Sender, question))
                (refusals ??= []).Add(new Overloaded(question.RequestId));
        }

        if (refusals is not null) Answer(new ClientReplies(refusals));
    }

    private void AskStateMachine(IActorRef client, List<Question> questions)
    {
        _unanswered += questions.Count;
        _telemetry.ReadsTaken(questions.Count);
        _stateMachine.Tell(new AnswerQuestions(client, questions));
    }

    private void StartTerm(Term term, NodeId? votedFor)
    {
        _term = term;
        _votedFor = votedFor;
        _journal.Append(new TermStarted(term, votedFor));
    }

    private void AppendToLog(IReadOnlyList<LogEntry> entries)
    {
        _log.Append(entries);
        _incarnations.Append(entries);
        _journal.Append(new EntriesAppended(entries));
    }

    private void TruncateLog(LogIndex from)
    {
        _log.TruncateFrom(from);
        _incarnations.TruncateFrom(from);
        _journal.Append(new LogTruncated(from));
    }

    /// <summary>Commits up to <paramref name="index"/> and hands the entries to the state machine (Raft §5.3).</summary>
    private void Commit(LogIndex index, IReadOnlyList<WaitingClient> waiting)
    {
        if (index <= _commitIndex) return;
        var entries = _log.Range(_commitIndex.Next(), index);
        _commitIndex = index;
        _stateMachine.Tell(new ApplyCommitted(entries, waiting) { CommittedAt = _telemetry.ApplyBegins() });
        CheckReadmission();
        BeginSnapshotWhenDue(entries);
    }

    private void ResetElectionTimer()
    {
        var spread = _settings.ElectionTimeoutMax - _settings.ElectionTimeoutMin;
        var timeout = _settings.ElectionTimeoutMin + (_random.NextDouble() * spread);

        // Who avoids to lead lets the others go first.
        if (Preference == LeadershipPreference.Avoid) timeout += _settings.ElectionTimeoutMax;
        (_electionTimeout, _electionTimerStarted) = (timeout, Now);
        Timers.StartSingleTimer(ElectionTimeout.Instance, ElectionTimeout.Instance, timeout);
    }

    /// <summary>
    /// A number for a question, so that its answer is told from those to others. A node that starts again does not remember
    /// which ones it used: it begins anywhere.
    /// </summary>
    private long UnusedNumber()
    {
        const double Numbers = 1L << 53;
        _lastNumber = _lastNumber + 1 ?? (long)(_random.NextDouble() * Numbers);
        return _lastNumber.Value;
    }

    private NodeHaltedException StateMachineFailed() => new(
        $"the state machine failed: {_stateMachineFailure?.Message ?? "it stopped"}. Mend it and start the node again.");

    private void PublishRole()
    {
        var changed = new RoleChanged(_settings.Group, Id, _role, _term, _leader);
        if (changed == _published) return;
        _published = changed;
        Context.System.EventStream.Publish(changed);
    }

    private static string Name(RaftRole role) => role switch
    {
        RaftRole.Follower => "follower",
        RaftRole.Candidate => "candidate",
        _ => "leader",
    };
}

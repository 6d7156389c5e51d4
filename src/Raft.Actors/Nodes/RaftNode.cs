using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.Quorums;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// One Raft node (Raft, Figure 2): its role, term, vote, log and commit index. Each role has its own file. This file has what all
/// roles share, and all fields; state with fields of its own is an object. The node is event-sourced: it writes only through its
/// <see cref="DurableJournal"/>, and <c>RaftNode.Recovery.cs</c> reads the journal.
/// </summary>
internal sealed partial class RaftNode : UntypedPersistentActor, IWithTimers
{
    private readonly RaftSettings _settings;
    private readonly IPeers _peers;
    private readonly NodeTelemetry _telemetry;
    private readonly DurableJournal _journal;
    private readonly JournalReplay _replay = new();
    private readonly StateMachineLink _machine;
    private readonly NodeSnapshots _snapshots;
    private readonly ClusterMembers _members;
    private readonly ElectionTimer _election;
    private readonly LeadershipTransfer _transfer;
    private readonly UnusedNumbers _numbers;
    private readonly HashSet<string> _warnings = [];

    private Term _term = Term.Zero;
    private NodeId? _votedFor;
    private readonly RaftLog _log = new();
    private LogIndex _commitIndex = LogIndex.Zero;

    /// <summary>
    /// The commit index that the journal contains. A leader that contradicts an entry up to there has lost committed entries.
    /// </summary>
    private LogIndex _committedOnDisk = LogIndex.Zero;

    private RoleBehaviour _current;
    private NodeId? _leader;
    private RoleChanged? _published;

    /// <summary>The bootstrap negotiation of a node without a cluster; null in a journal from before there was one.</summary>
    private BootstrapNegotiation? _negotiation;

    /// <param name="settings">The node's settings.</param>
    /// <param name="peers">Reaches the other nodes.</param>
    /// <param name="stateMachine">Creates an empty state machine; called once, at the start.</param>
    /// <param name="random">Draws election timeouts and unique numbers.</param>
    /// <param name="telemetry">Measures the node.</param>
    public RaftNode(
        RaftSettings settings, IPeers peers, Func<IStateMachine> stateMachine, Random random, NodeTelemetry telemetry)
    {
        _settings = settings;
        _peers = peers;
        _telemetry = telemetry;
        _journal = new DurableJournal(this, new JournalLimits(
            settings.MaxAppendEntries,
            settings.MaxAppendBytes,
            settings.MaxPendingBytes,
            StallTimeout: settings.ElectionTimeoutMax,
            CallTimeout: settings.JournalTimeout));
        _machine = new StateMachineLink(settings, telemetry, stateMachine);
        _snapshots = new NodeSnapshots(settings, telemetry, _machine.WriteSnapshot, Context.Parent);
        _members = new ClusterMembers(settings.NodeId, settings.Members.Select(m => m.Id));
        _election = new ElectionTimer(settings.ElectionTimeoutMin, settings.ElectionTimeoutMax, random);
        _transfer = new LeadershipTransfer(settings);
        _numbers = new UnusedNumbers(random);
        _current = new RoleBehaviour(RaftRole.Follower, Unhandled);
        PersistenceId = $"raft-{settings.Group}-{settings.NodeId}";
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private NodeId Id => _settings.NodeId;

    private ClusterId Cluster => _members.Cluster;

    /// <summary>The time on this node's monotonic clock.</summary>
    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private IEnumerable<NodeId> Others => _members.Voters.Where(v => v != Id);

    /// <inheritdoc/>
    protected override void OnCommand(object message) => _current.Receive(message);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _current.Leave(Leaving.Node);
        EndTransfer(isStopping: true);
        _snapshots.RefuseRequesters($"{Id} stopped before its snapshot was on disk.");
        _telemetry.NodeStops();
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        _machine.OnFailure(failure);
        return Directive.Stop;
    });

    /// <summary>Enters a role. The role's state lives in its behaviour and ends with it.</summary>
    /// <param name="behaviour">The role. It must flush the journal after each message.</param>
    /// <param name="leader">The leader of the current term, if known.</param>
    /// <param name="why">The reason for the log line; null logs nothing.</param>
    private void Enter(RoleBehaviour behaviour, NodeId? leader, string? why)
    {
        _current.Leave(Leaving.Role);
        if (why is not null)
            Log.Info(
                "{Node} term {Term}: {FromRole} → {Role} ({Reason})", Id, _term.Value, Name(Role), Name(behaviour.Role), why);
        _current = behaviour;
        _leader = leader;
        if (leader is not null) EndTransfer();
        PublishRole();
    }

    /// <summary>Wraps a role's behaviour with what all roles have in common.</summary>
    /// <param name="receive">Handles the role's messages; returns false for other messages.</param>
    private Action<object> InRole(Func<object, bool> receive) => message => InRole(receive, message);

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
                _current.Receive(message);
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
            case AppendEntries or InstallSnapshot: RefuseOutdated(); return true;
            case JournalForgot forgot: OnJournalForgot(forgot); return true;
            case RaftRpc: return true;
            case FindLeader: Answer(WhoLeads()); return true;
            case Propose propose: Redirect(propose.Proposals.Select(p => p.RequestId)); return true;
            case ClientQuery { Consistency: ReadConsistency.Stale } query: AnswerNow(query); return true;
            case ClientQuery query: Redirect(query.Queries.Select(q => q.RequestId)); return true;
            case QueriesAnswered answered: _machine.OnAnswered(answered); return true;
            case EntriesApplied applied: _machine.OnApplied(applied); return true;
            case SnapshotWritten written: OnSnapshotWritten(written); return true;
            case SnapshotFailed failed: _snapshots.OnFailed(failed, Now); return true;
            case JournalDeadline deadline: _journal.OnDeadline(deadline); return true;
            case DeleteMessagesSuccess deleted: _journal.OnDeleted(deleted.ToSequenceNr); return true;
            case DeleteMessagesFailure failure: OnDeleteFailed(failure.Cause); return true;
            case TransferLeadership transfer: PassOn(transfer); return true;
            case TransferOnShutdown: OnTransferOnShutdown(); return true;
            case TransferDeadline: EndTransfer(); return true;
            case BootstrapMessage bootstrap: OnBootstrapMessage(bootstrap); return true;
            case TakeSnapshot: _snapshots.OnTakeSnapshot(Sender, _commitIndex, Now); return true;
            case GetStatus: Sender.Tell(Status()); return true;
            case GetLog page: Sender.Tell(Page(page)); return true;
            case Terminated: throw _machine.Failure();
            default: return false;
        }
    }

    private void RefuseOutdated() => Sender.Tell(new AppendOutdated(Cluster, Id, _term) { Journal = Stamp });

    /// <summary>Whether an RPC is an answer that promises something; requests promise nothing.</summary>
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
            rpc.Cluster != Cluster ? $"it is of cluster {rpc.Cluster}, and this is cluster {Cluster}"
            : rpc.From == Id ? $"its sender calls itself {Id}, as this node does"
            : !_members.Voters.Contains(rpc.From) ? $"{rpc.From} is no member of this group"
            : RpcGuard.Problem(rpc, _term);
        if (problem is null) return true;

        var reason = $"{rpc.GetType().Name} from {rpc.From} was refused by {Id}: {problem}.";
        WarnOnce(reason);
        Sender.Tell(new RpcRefused(Cluster, Id, _term, reason));
        return false;
    }

    /// <summary>Logs each distinct warning once, because a misconfigured peer repeats its messages many times a second.</summary>
    private void WarnOnce(string warning)
    {
        const int Limit = 64;
        if (_warnings.Count < Limit && _warnings.Add(warning)) Log.Warning(warning);
    }

    /// <summary>Refuses a request for another cluster, which came through a wrong address.</summary>
    private bool IsForAnotherCluster(object message)
    {
        if (message is not IClusterRequest { Cluster: { } wanted } || wanted == Cluster) return false;
        WarnOnce(
            $"A {message.GetType().Name} for cluster {wanted} from {Sender.Path.Address} was refused by {Id} of cluster "
            + $"{Cluster}: a list of addresses or seed nodes there names this node.");
        var why = $"it is of cluster {Cluster}, and the request is for cluster {wanted}";
        UnavailableNode.Answer(message, Sender, Context.Parent, Id, why);
        return true;
    }

    private LeaderIs WhoLeads() =>
        new(_leader == Id, LeaderPath(), _term) { Cluster = Cluster, Voters = _members.Voters.Length };

    private void Redirect(IEnumerable<long> requestIds) =>
        Answer(new ClientReplies([.. requestIds.Select(id => new NotLeader(id))]));

    /// <summary>
    /// Answers a client in the supervisor's name. That reference stays valid when this node restarts, and the supervisor answers
    /// in the meantime.
    /// </summary>
    private void Answer(object reply) => Sender.Tell(reply, Context.Parent);

    private string? LeaderPath() =>
        _leader is { } leader && leader != Id && _peers[leader] is var node && !node.IsNobody()
            ? node.Path.ToSerializationFormat()
            : null;

    private void AnswerNow(ClientQuery query)
    {
        var admitted = new List<Query>();
        Admit(query, (_, query) =>
        {
            if (!_machine.HasRoom(admitted.Count)) return false;
            admitted.Add(query);
            return true;
        });
        if (admitted.Count > 0) _machine.Answer(Sender, admitted);
    }

    /// <summary>Admits queries up to the limit and refuses the others.</summary>
    private void Admit(ClientQuery request, Func<IActorRef, Query, bool> tryAdd)
    {
        List<ClientReply>? refusals = null;
        foreach (var query in request.Queries)
        {
            if (!_machine.HasRoom() || !tryAdd(Sender, query))
                (refusals ??= []).Add(new Overloaded(query.RequestId));
        }

        if (refusals is not null) Answer(new ClientReplies(refusals));
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
        _members.Incarnations.Append(entries);
        _journal.Append(new EntriesAppended(entries));
    }

    private void TruncateLog(LogIndex from)
    {
        _log.TruncateFrom(from);
        _members.Incarnations.TruncateFrom(from);
        _journal.Append(new LogTruncated(from));
    }

    /// <summary>Commits up to <paramref name="index"/> and passes the entries to the state machine (Raft §5.3).</summary>
    private void Commit(LogIndex index, IReadOnlyList<WaitingClient> waiting)
    {
        if (index <= _commitIndex) return;
        var entries = _log.Range(_commitIndex.Next(), index);
        _commitIndex = index;
        _machine.Apply(entries, waiting);
        CheckReadmission();
        _snapshots.OnCommitted(entries, Now);
    }

    private void ResetElectionTimer() => Timers.StartSingleTimer(
        ElectionTimeout.Instance, ElectionTimeout.Instance, _election.Start(Now, _transfer.Preference));

    private void PublishRole()
    {
        var changed = new RoleChanged(_settings.Group, Id, Role, _term, _leader);
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

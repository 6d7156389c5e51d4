using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The actor behind <see cref="RaftClient"/>. It sends concurrent requests in one message, and only to a node that claims to
/// lead: a command that finds no leader is never sent, and the caller learns that it was not applied. It repeats unanswered
/// requests: commands have a session, so the group applies each once. <c>RaftClientActor.Leader.cs</c> finds the leader,
/// <c>RaftClientActor.Session.cs</c> opens the session.
/// </summary>
internal sealed partial class RaftClientActor : UntypedActor, IWithTimers
{
    private readonly Func<IReadOnlyList<IActorRef>> _contacts;
    private readonly Func<string, IActorRef> _resolve;
    private readonly ClientSettings _settings;
    private readonly ContactKind _kind;
    private readonly OwnCluster _cluster;
    private readonly ClusterSearch _search;
    private readonly Dictionary<long, ClientRequest> _pending = [];
    private readonly List<ClientRequest> _paused = [];
    private List<ClientRequest> _outbox = [];
    private long _lastId;
    private bool _sendIsDue;

    /// <param name="contacts">Returns the nodes to contact first, the nearest one first; called each time.</param>
    /// <param name="resolve">Resolves an actor path that a node named.</param>
    /// <param name="settings">Timeouts and limits.</param>
    /// <param name="kind">Where the contacts come from.</param>
    /// <param name="cluster">The process's cluster, which the client learns if it is not known yet.</param>
    public RaftClientActor(
        Func<IReadOnlyList<IActorRef>> contacts,
        Func<string, IActorRef> resolve,
        ClientSettings settings,
        ContactKind kind,
        OwnCluster cluster)
    {
        _contacts = contacts;
        _resolve = resolve;
        _settings = settings;
        _kind = kind;
        _cluster = cluster;
        _search = new ClusterSearch(cluster, kind);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClientRequest request: OnRequest(request); break;
            case ClientReplies replies: OnReplies(replies); break;
            case LeaderIs answer: OnLeaderIs(answer); break;
            case SendNow: Send(); break;
            case Retry: OnRetry(); break;
            case Tick: OnTick(); break;
            default: Unhandled(message); break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var request in _pending.Values.Where(r => r != _opening)) request.GiveUp("The client was stopped");
    }

    private void OnRequest(ClientRequest request)
    {
        if (request.Payload.Length > _settings.MaxCommandBytes)
        {
            request.Fail(new RequestRefusedException(
                $"The request has {request.Payload.Length} bytes; at most {_settings.MaxCommandBytes} are allowed."));
            return;
        }

        var underWay = _pending.Count - (_opening is null ? 0 : 1);
        if (underWay >= _settings.MaxPendingRequests)
        {
            request.Fail(new OverloadedException(
                $"The client has {underWay} requests under way, its limit; try again after a pause."));
            return;
        }

        request.Deadline = Now + _settings.RequestTimeout;
        Add(request);
        SendSoon();
    }

    private void Add(ClientRequest request)
    {
        request.Id = ++_lastId;
        _pending.Add(request.Id, request);
        _outbox.Add(request);
        if (!Timers.IsTimerActive(Tick.Instance)) StartTicking();
    }

    /// <summary>Sends after the messages that are already in the mailbox, so that all requests leave together.</summary>
    private void SendSoon()
    {
        if (_sendIsDue) return;
        _sendIsDue = true;
        Self.Tell(SendNow.Instance);
    }

    private void Send()
    {
        _sendIsDue = false;
        OpenSessionWhereNeeded();
        var requests = _outbox.FindAll(request => !request.IsDone);
        _outbox = [];
        foreach (var message in requests.GroupBy(request => (IsQuery: request.Kind == RequestKind.Query, request.Consistency)))
        {
            var target = message.First().IsForLeader ? _leader : Nearest(message.Key.Consistency);
            var ready = message.Where(request => IsReady(request, target)).ToList();
            foreach (var batch in Batches(ready)) target!.Tell(Message(message.Key.IsQuery, message.Key.Consistency, batch));
        }

        RetryWhileRequestsWait();
    }

    /// <summary>Returns whether a request can leave now; if not, puts it back into the outbox.</summary>
    private bool IsReady(ClientRequest request, IActorRef? target)
    {
        var isReady = target is not null && (!request.NeedsSession || TryJoinSession(request));
        if (!isReady) _outbox.Add(request);
        return isReady;
    }

    private IEnumerable<List<ClientRequest>> Batches(IEnumerable<ClientRequest> requests)
    {
        var batch = new List<ClientRequest>();
        var bytes = 0;
        foreach (var request in requests)
        {
            var size = request.EncodedBytes;
            if (batch.Count > 0 && (batch.Count == _settings.MaxBatchRequests || bytes + size > _settings.MaxBatchBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            request.Sent(Now);
            batch.Add(request);
            bytes += size;
        }

        if (batch.Count > 0) yield return batch;
    }

    private object Message(bool isQuery, ReadConsistency consistency, List<ClientRequest> batch) => isQuery
        ? new ClientQuery([.. batch.Select(r => new Query(r.Id, r.Payload))], consistency) { Cluster = _cluster.Id }
        : new Propose([.. batch.Select(Proposal)]) { Cluster = _cluster.Id };

    private static Proposal Proposal(ClientRequest request) => new(request.Id, request.Payload)
    {
        Kind = request.Kind == RequestKind.OpenSession ? EntryKind.OpenSession : EntryKind.Command,
        Origin = request.Origin(),
        Trace = request.Trace,
    };

    private void OnReplies(ClientReplies message)
    {
        var isLeader = Sender.Equals(_leader);
        if (isLeader) _heardAt = Now;
        foreach (var reply in message.Replies)
        {
            if (!_pending.TryGetValue(reply.RequestId, out var request)) continue;
            if (reply is NotLeader or Overloaded or SessionExpired) request.OnRefused();
            if (IsEnd(request, reply)) End(request, reply);
            else OnNoEnd(request, reply, isLeader);
        }

        if (_outbox.Count > 0 && _leader is not null) SendSoon();
        RetryWhileRequestsWait();
    }

    /// <summary>
    /// Returns whether the reply completes the request. A rejection of this attempt says nothing about earlier attempts: if one
    /// may have been accepted, the command goes on.
    /// </summary>
    private static bool IsEnd(ClientRequest request, ClientReply reply) => reply switch
    {
        NotLeader => false,
        _ when request.Kind == RequestKind.OpenSession => reply is SessionOpened,
        Overloaded => request.Kind == RequestKind.Query || !request.MayBeDone,
        SessionExpired => request.MayBeDone,
        OutcomeUnknown unknown => unknown.IsFinal,
        _ => true,
    };

    private void OnNoEnd(ClientRequest request, ClientReply reply, bool isLeader)
    {
        if (isLeader && request.IsForLeader && reply is NotLeader or OutcomeUnknown) _leader = null;
        if (!request.IsForLeader) OnRefusedByNearest(request);
        if (reply is SessionExpired) LeaveSession(request);
        SendAgain(request, isPaused: !request.IsForLeader || reply is Overloaded);
    }

    /// <summary>
    /// Puts a request back, with a new id: the client ignores late or repeated replies to the previous attempt. The sequence
    /// number stays, so that the group applies the command once.
    /// </summary>
    private void SendAgain(ClientRequest request, bool isPaused = false)
    {
        _pending.Remove(request.Id);
        request.Id = ++_lastId;
        _pending.Add(request.Id, request);
        request.TakeBack();
        (isPaused ? _paused : _outbox).Add(request);
    }

    private void End(ClientRequest request, ClientReply reply)
    {
        if (request.SentAt is { } sentAt && reply is CommandApplied) request.Session?.Reached(sentAt);
        switch (reply)
        {
            case SessionOpened opened: OnSessionOpened(request, opened); break;
            case SessionExpired: OnSessionExpired(request); break;
            case CommandApplied: request.Succeed(reply); break;
            case QueryAnswered: OnAnswered(request, reply); break;
            case RequestRefused refused: request.Fail(new RequestRefusedException(refused.Reason)); break;
            case OutcomeUnknown unknown: request.Fail(new OutcomeUnknownException(unknown.Reason)); break;
            default: request.Fail(new OverloadedException("The leader's queue is full; try again after a pause.")); break;
        }

        Remove(request);
    }

    private void Remove(ClientRequest request)
    {
        _pending.Remove(request.Id);
        if (request == _opening) _opening = null;
        request.Session?.End(request.Sequence);
    }

    private void OnTick()
    {
        var now = Now;
        foreach (var late in _pending.Values.Where(request => request.Deadline <= now).ToArray())
        {
            late.GiveUp($"No leader answered within {_settings.RequestTimeout.TotalMilliseconds} ms");
            Remove(late);
        }

        ForgetSessionThatNobodyWaitsFor();
        LookAfterLeader(now);
        LookAfterNearest(now);
        if (_pending.Count > 0) StartTicking();
    }

    private void StartTicking() => Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _settings.RetryInterval);

    /// <summary>
    /// Schedules a retry if requests wait for it, and asks all contacts for the leader if requests wait for one.
    /// </summary>
    private void RetryWhileRequestsWait()
    {
        if (_sendIsDue || _outbox.Count + _paused.Count == 0 || Timers.IsTimerActive(Retry.Instance)) return;
        Timers.StartSingleTimer(Retry.Instance, Retry.Instance, _settings.RetryInterval);
        if (_leader is null && _outbox.Exists(request => request.IsForLeader)) AskWhoLeads();
    }

    private void OnRetry()
    {
        _outbox.InsertRange(0, _paused);
        _paused.Clear();
        Send();
    }

    private sealed record SendNow
    {
        public static readonly SendNow Instance = new();
    }

    private sealed record Retry
    {
        public static readonly Retry Instance = new();
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}

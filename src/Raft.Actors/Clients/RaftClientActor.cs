using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The actor behind <see cref="RaftClient"/>. Requests that come at the same time leave in one message, and only to a node
/// that said it leads: so a command that finds no leader was never sent, and the caller learns that nothing was done.
/// </summary>
/// <param name="contacts">Nodes to ask first.</param>
/// <param name="resolve">Makes a reference of an actor path that a node named.</param>
/// <param name="settings">Timeouts and limits.</param>
internal sealed class RaftClientActor(
    IReadOnlyList<IActorRef> contacts, Func<string, IActorRef> resolve, ClientSettings settings)
    : UntypedActor, IWithTimers
{
    private readonly Dictionary<long, ClientRequest> _pending = [];
    private List<ClientRequest> _outbox = [];
    private readonly HashSet<string> _pathsAsked = [];
    private IActorRef? _leader;
    private Term _leaderTerm = Term.Zero;
    private long _lastId;
    private bool _sendIsDue;
    private TimeSpan _heardAt;

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClientRequest request: OnRequest(request); break;
            case ClientReplies replies: OnReplies(replies); break;
            case LeaderIs answer: OnLeaderIs(answer); break;
            case SendNow: Send(); break;
            case SearchAgain: Send(); break;
            case Tick: OnTick(); break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        foreach (var request in _pending.Values) request.GiveUp("The client was stopped");
    }

    private void OnRequest(ClientRequest request)
    {
        if (request.Payload.Length > settings.MaxCommandBytes)
        {
            request.Fail(new RequestRefusedException(
                $"The request has {request.Payload.Length} bytes; at most {settings.MaxCommandBytes} are allowed."));
            return;
        }

        if (_pending.Count >= settings.MaxPendingRequests)
        {
            request.Fail(new OverloadedException(
                $"The client has {_pending.Count} requests under way, its limit; try again after a pause."));
            return;
        }

        request.Id = ++_lastId;
        request.Deadline = Now + settings.RequestTimeout;
        _pending.Add(request.Id, request);
        _outbox.Add(request);
        SendSoon();
        if (!Timers.IsTimerActive(Tick.Instance)) StartTicking();
    }

    /// <summary>Sends after the messages that are in the mailbox already, so that they leave together.</summary>
    private void SendSoon()
    {
        if (_sendIsDue) return;
        _sendIsDue = true;
        Self.Tell(SendNow.Instance);
    }

    private void Send()
    {
        _sendIsDue = false;
        var requests = _outbox.FindAll(request => !request.IsDone);
        _outbox = [];
        foreach (var kind in requests.GroupBy(request => request.Kind))
        {
            var target = kind.Key == RequestKind.StaleQuestion ? contacts[0] : _leader;
            if (target is null) _outbox.AddRange(kind);
            else foreach (var batch in Batches(kind)) target.Tell(Message(kind.Key, batch));
        }

        SearchWhileRequestsWait();
    }

    private IEnumerable<List<ClientRequest>> Batches(IEnumerable<ClientRequest> requests)
    {
        var batch = new List<ClientRequest>();
        var bytes = 0;
        foreach (var request in requests)
        {
            if (batch.Count == settings.MaxBatchRequests || bytes + request.EncodedBytes > settings.MaxBatchBytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            request.SentAt = Now;
            batch.Add(request);
            bytes += request.EncodedBytes;
        }

        if (batch.Count > 0) yield return batch;
    }

    private static object Message(RequestKind kind, List<ClientRequest> batch) => kind switch
    {
        RequestKind.Command => new Propose([.. batch.Select(r => new Proposal(r.Id, r.Payload))]),
        RequestKind.Question => new Ask(Questions(batch), ReadConsistency.Linearizable),
        _ => new Ask(Questions(batch), ReadConsistency.Stale),
    };

    private static Question[] Questions(List<ClientRequest> batch) =>
        [.. batch.Select(r => new Question(r.Id, r.Payload))];

    private void OnReplies(ClientReplies message)
    {
        var isLeader = Sender.Equals(_leader);
        if (isLeader) _heardAt = Now;
        foreach (var reply in message.Replies)
        {
            if (!_pending.TryGetValue(reply.RequestId, out var request)) continue;
            if (reply is NotLeader)
            {
                if (isLeader) _leader = null;
                SendAgain(request);
                continue;
            }

            _pending.Remove(reply.RequestId);
            End(request, reply);
        }

        SearchWhileRequestsWait();
    }

    /// <summary>
    /// Puts a request back, under a new number: a reply to the attempt before, late or repeated, is then nobody's. Taken for an
    /// answer to the new attempt it would send the command once more.
    /// </summary>
    private void SendAgain(ClientRequest request)
    {
        _pending.Remove(request.Id);
        request.Id = ++_lastId;
        _pending.Add(request.Id, request);
        request.SentAt = null;
        _outbox.Add(request);
    }

    private static void End(ClientRequest request, ClientReply reply)
    {
        switch (reply)
        {
            case CommandApplied or QuestionAnswered: request.Succeed(reply); break;
            case RequestRefused refused: request.Fail(new RequestRefusedException(refused.Reason)); break;
            case OutcomeUnknown unknown: request.Fail(new OutcomeUnknownException(unknown.Reason)); break;
            default: request.Fail(new OverloadedException("The leader's queue is full; try again after a pause.")); break;
        }
    }

    /// <summary>
    /// Asks all contacts who leads, where requests wait for a leader, and tries again after a pause. Stale questions wait for
    /// the pause alone.
    /// </summary>
    private void SearchWhileRequestsWait()
    {
        if (_sendIsDue || _outbox.Count == 0 || Timers.IsTimerActive(SearchAgain.Instance)) return;
        Timers.StartSingleTimer(SearchAgain.Instance, SearchAgain.Instance, settings.RetryInterval);
        if (_outbox.TrueForAll(request => request.Kind == RequestKind.StaleQuestion)) return;
        _pathsAsked.Clear();
        foreach (var contact in contacts) contact.Tell(FindLeader.Instance);
    }

    /// <summary>
    /// Takes a node at its word that it leads, unless one of a newer term said so before; a node that names another makes
    /// that one be asked, once.
    /// </summary>
    private void OnLeaderIs(LeaderIs answer)
    {
        if (answer.IsSelf && answer.Term >= _leaderTerm)
        {
            _leader = Sender;
            _leaderTerm = answer.Term;
            _heardAt = Now;
            SendSoon();
        }
        else if (_leader is null && answer.Path is { } path && _pathsAsked.Add(path))
        {
            resolve(path).Tell(FindLeader.Instance);
        }
    }

    private void OnTick()
    {
        var now = Now;
        foreach (var late in _pending.Values.Where(request => request.Deadline <= now).ToArray())
        {
            late.GiveUp($"No leader answered within {settings.RequestTimeout.TotalMilliseconds} ms");
            _pending.Remove(late.Id);
        }

        LeaveSilentLeader(now);
        if (_pending.Count > 0) StartTicking();
    }

    /// <summary>Reads are sent again to whoever leads now; commands wait on, since they may have been appended.</summary>
    private void LeaveSilentLeader(TimeSpan now)
    {
        if (_leader is null || now - _heardAt < settings.FailoverAfter) return;
        var ignored = _pending.Values.Where(r => now - r.SentAt >= settings.FailoverAfter).ToArray();
        if (ignored.Length == 0) return;

        _leader = null;
        foreach (var read in ignored.Where(r => r.Kind == RequestKind.Question)) SendAgain(read);

        SendSoon();
    }

    private void StartTicking() => Timers.StartSingleTimer(Tick.Instance, Tick.Instance, settings.RetryInterval);

    private sealed record SendNow
    {
        public static readonly SendNow Instance = new();
    }

    private sealed record SearchAgain
    {
        public static readonly SearchAgain Instance = new();
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}

using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The actor behind <see cref="RaftClient"/>. Requests that come at the same time leave in one message; a node that does
/// not lead names the leader; a node that is silent is left for the next.
/// </summary>
internal sealed class RaftClientActor(IReadOnlyList<IActorRef> contacts, ClientSettings settings)
    : UntypedActor, IWithTimers
{
    private readonly Dictionary<long, ClientRequest> _pending = [];
    private readonly Queue<ClientRequest> _byDeadline = new();
    private List<ClientRequest> _outbox = [];
    private IActorRef _target = contacts[0];
    private int _contact;
    private int _redirectsInARow;
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
            case SendNow: Send(); break;
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
        _byDeadline.Enqueue(request);
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
            var target = kind.Key == RequestKind.StaleQuestion ? contacts[0] : _target;
            foreach (var batch in Batches(kind)) target.Tell(Message(kind.Key, batch));
        }
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
        _heardAt = Now;
        NotLeader? redirect = null;
        foreach (var reply in message.Replies)
        {
            if (!_pending.TryGetValue(reply.RequestId, out var request)) continue;
            if (reply is NotLeader notLeader)
            {
                redirect = notLeader;
                request.SentAt = null;
                _outbox.Add(request);
                continue;
            }

            _redirectsInARow = 0;
            _pending.Remove(reply.RequestId);
            End(request, reply);
        }

        if (redirect is not null) OnRedirect(redirect);
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
    /// Goes to the leader that was named at once. Without a name, or where nodes only name each other, it asks the next
    /// contact after a pause.
    /// </summary>
    private void OnRedirect(NotLeader redirect)
    {
        if (redirect.LeaderPath is { } path && ++_redirectsInARow <= contacts.Count)
        {
            _target = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path);
            SendSoon();
        }
        else
        {
            _redirectsInARow = 0;
            AskNextContact();
            Timers.StartSingleTimer(SendNow.Instance, SendNow.Instance, settings.RetryInterval);
        }
    }

    private void AskNextContact()
    {
        _contact = (_contact + 1) % contacts.Count;
        _target = contacts[_contact];
        _heardAt = Now;
    }

    private void OnTick()
    {
        var now = Now;
        while (_byDeadline.TryPeek(out var oldest) && (oldest.IsDone || oldest.Deadline <= now))
        {
            _byDeadline.Dequeue();
            if (!oldest.IsDone)
                oldest.GiveUp($"No leader answered within {settings.RequestTimeout.TotalMilliseconds} ms");
            _pending.Remove(oldest.Id);
        }

        LeaveSilentTarget(now);
        if (_pending.Count > 0) StartTicking();
    }

    /// <summary>Reads are sent to the next contact; commands wait on, since they may have been appended.</summary>
    private void LeaveSilentTarget(TimeSpan now)
    {
        if (now - _heardAt < settings.FailoverAfter) return;
        var ignored = _pending.Values.Where(r => now - r.SentAt >= settings.FailoverAfter).ToArray();
        if (ignored.Length == 0) return;

        AskNextContact();
        _outbox.AddRange(ignored.Where(r => r.Kind != RequestKind.Command));
        SendSoon();
    }

    private void StartTicking() => Timers.StartSingleTimer(Tick.Instance, Tick.Instance, settings.RetryInterval);

    private sealed record SendNow
    {
        public static readonly SendNow Instance = new();
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}

using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Hears what nodes publish, asks them once a second, and tells <see cref="RaftMonitor"/>. Asking is there for those whom
/// DistributedPubSub does not reach: while one node is unreachable, Akka lets no process that was started again back in.
/// </summary>
internal sealed class MonitoringHub : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A leader that published nothing for so long is not there.</summary>
    private static readonly TimeSpan Silence = 1.5 * Interval;

    /// <summary>Nodes that are taken at their word before anybody knows their address; a multiple of what a group has.</summary>
    public const int MaxUnasked = 64;

    private readonly IActorRef _mediator;
    private readonly RaftMonitor _feed;
    private readonly GroupId _group;
    private readonly Func<TimeSpan, Task<IReadOnlyList<NodeView>>> _askAll;
    /// <summary>What was heard of a node since the nodes were asked last; of more nodes than the limit nothing is taken.</summary>
    private readonly Dictionary<NodeId, TimeSpan> _heard = [];
    private Term _activeTerm = Term.Zero;
    private TimeSpan _sampled = Clock;
    private bool _isAsking;

    /// <param name="mediator">Brings what nodes publish; nobody where there is no DistributedPubSub.</param>
    /// <param name="feed">Is told.</param>
    /// <param name="group">The group.</param>
    /// <param name="askAll">Asks all nodes for their status.</param>
    public MonitoringHub(
        IActorRef mediator, RaftMonitor feed, GroupId group, Func<TimeSpan, Task<IReadOnlyList<NodeView>>> askAll)
    {
        _mediator = mediator;
        _feed = feed;
        _group = group;
        _askAll = askAll;
        Receive<NodeStatus>(status => OnSaid(status.NodeId, status, down: null));
        Receive<NodeDown>(down => OnSaid(down.NodeId, status: null, down));
        Receive<LeaderActivity>(OnActivity);
        Receive<Asked>(OnAsked);
        Receive<Tick>(_ => OnTick());
        Receive<Watched>(_ => Want());
        Receive<SubscribeAck>(_ => { });
    }

    /// <summary>Given by Akka.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Clock => Context.System.Scheduler.MonotonicClock;

    private static DateTimeOffset Time => Context.System.Scheduler.Now;

    protected override void PreStart()
    {
        _mediator.Tell(new Subscribe(MonitoringTopics.Nodes(_group), Self));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    protected override void PostStop() => _feed.End();

    private void OnSaid(NodeId node, NodeStatus? status, NodeDown? down)
    {
        if (_heard.Count >= MaxUnasked && !_heard.ContainsKey(node)) return;
        var at = Time;
        _heard[node] = Clock;
        _feed.Change(state => state.Say(node, status, down, at));
    }

    /// <summary>A leader that was replaced and does not know it yet tells of an older term.</summary>
    private void OnActivity(LeaderActivity activity)
    {
        if (activity.Term < _activeTerm) return;
        _activeTerm = activity.Term;
        Add(new ActivitySample(Time, activity.WritesPerSecond, activity.CommitP50, activity.CommitP99));
    }

    private void Add(ActivitySample sample)
    {
        _sampled = Clock;
        _feed.Change(state => state.Add(sample));
    }

    private void OnTick()
    {
        Want();
        if (Clock - _sampled > Silence) Add(new ActivitySample(Time, null, null, null));
        if (_isAsking) return;
        _isAsking = true;
        var since = Clock;
        _askAll(Interval).PipeTo(Self, success: seen => new Asked(since, seen), failure: _ => new Asked(since, []));
    }

    private void Want() =>
        _mediator.Tell(new Publish(MonitoringTopics.Wanted(_group), new MonitoringRequested(_feed.Readers.Count > 0)));

    /// <summary>What a node has published since it was asked is newer than its answer, or than none.</summary>
    private void OnAsked(Asked asked)
    {
        _isAsking = false;
        var at = Time;
        var news = asked.Seen.Where(s => !(_heard.TryGetValue(s.Node.NodeId, out var heard) && heard >= asked.Since)).ToArray();
        var known = asked.Seen.Select(s => s.Node.NodeId).Concat(_heard.Where(h => h.Value >= asked.Since).Select(h => h.Key)).ToHashSet();
        _feed.Change(state => news.SelectMany(s => state.Put(s, at)).ToArray());
        _feed.Change(state => state.Keep(known));
        foreach (var (node, _) in _heard.Where(h => h.Value < asked.Since).ToArray()) _heard.Remove(node);
        _feed.Fill();
    }

    /// <summary>Somebody began to read.</summary>
    internal sealed class Watched : INoSerializationVerificationNeeded
    {
        public static readonly Watched Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Asked(TimeSpan Since, IReadOnlyList<NodeView> Seen) : INoSerializationVerificationNeeded;
}

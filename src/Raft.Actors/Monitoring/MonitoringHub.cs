using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Receives what nodes publish, polls the nodes once a second, and updates <see cref="RaftMonitor"/>. Polling covers nodes that
/// DistributedPubSub does not reach: while one node is unreachable, Akka.Cluster does not admit a restarted process.
/// </summary>
internal sealed class MonitoringHub : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A leader that has published nothing for this long counts as absent.</summary>
    private static readonly TimeSpan Silence = 1.5 * Interval;

    /// <summary>
    /// Maximum number of nodes that are accepted before their address is known; a multiple of the size of any group.
    /// </summary>
    public const int MaxUnpolled = 64;

    private readonly IActorRef _mediator;
    private readonly RaftMonitor _monitor;
    private readonly GroupId _group;
    private readonly Func<TimeSpan, Task<IReadOnlyList<NodeView>>> _pollAll;

    /// <summary>When each node last published something since the last poll; at most <see cref="MaxUnpolled"/> nodes.</summary>
    private readonly Dictionary<NodeId, TimeSpan> _publishedAt = [];
    private Term _activeTerm = Term.Zero;
    private TimeSpan _sampled = Clock;
    private bool _isPolling;

    /// <param name="mediator">Delivers what nodes publish; nobody without DistributedPubSub.</param>
    /// <param name="monitor">The monitor to update.</param>
    /// <param name="group">The group.</param>
    /// <param name="pollAll">Requests the status of all nodes.</param>
    public MonitoringHub(
        IActorRef mediator, RaftMonitor monitor, GroupId group, Func<TimeSpan, Task<IReadOnlyList<NodeView>>> pollAll)
    {
        _mediator = mediator;
        _monitor = monitor;
        _group = group;
        _pollAll = pollAll;
        Receive<NodeStatus>(status => OnPublished(status.NodeId, status, down: null));
        Receive<NodeDown>(down => OnPublished(down.NodeId, status: null, down));
        Receive<LeaderActivity>(OnActivity);
        Receive<Polled>(OnPolled);
        Receive<Tick>(_ => OnTick());
        Receive<Watched>(_ => RequestPublishing());
        Receive<SubscribeAck>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Clock => Context.System.Scheduler.MonotonicClock;

    private static DateTimeOffset Time => Context.System.Scheduler.Now;

    protected override void PreStart()
    {
        _mediator.Tell(new Subscribe(MonitoringTopics.Nodes(_group), Self));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    protected override void PostStop() => _monitor.End();

    private void OnPublished(NodeId node, NodeStatus? status, NodeDown? down)
    {
        if (_publishedAt.Count >= MaxUnpolled && !_publishedAt.ContainsKey(node)) return;
        var at = Time;
        _publishedAt[node] = Clock;
        _monitor.Change(state => state.PutPublished(node, status, down, at));
    }

    /// <summary>Ignores a leader of an older term, which was replaced and does not know it yet.</summary>
    private void OnActivity(LeaderActivity activity)
    {
        if (activity.Term < _activeTerm) return;
        _activeTerm = activity.Term;
        Add(new ActivitySample(Time, activity.WritesPerSecond, activity.CommitP50, activity.CommitP99));
    }

    private void Add(ActivitySample sample)
    {
        _sampled = Clock;
        _monitor.Change(state => state.Add(sample));
    }

    private void OnTick()
    {
        RequestPublishing();
        if (Clock - _sampled > Silence) Add(new ActivitySample(Time, null, null, null));
        if (_isPolling) return;
        _isPolling = true;
        var since = Clock;
        _pollAll(Interval).PipeTo(Self, success: views => new Polled(since, views), failure: _ => new Polled(since, []));
    }

    private void RequestPublishing() =>
        _mediator.Tell(new Publish(MonitoringTopics.Wanted(_group), new MonitoringRequested(_monitor.Readers.Count > 0)));

    /// <summary>What a node has published since the poll began is newer than its answer, or than its silence.</summary>
    private void OnPolled(Polled polled)
    {
        _isPolling = false;
        var at = Time;
        var news = polled.Views
            .Where(v => !(_publishedAt.TryGetValue(v.Node.NodeId, out var published) && published >= polled.Since))
            .ToArray();
        var published = _publishedAt.Where(h => h.Value >= polled.Since).Select(h => h.Key);
        var known = polled.Views.Select(s => s.Node.NodeId).Concat(published).ToHashSet();
        _monitor.Change(state => news.SelectMany(s => state.Put(s, at)).ToArray());
        _monitor.Change(state => state.Keep(known));
        foreach (var (node, _) in _publishedAt.Where(h => h.Value < polled.Since).ToArray()) _publishedAt.Remove(node);
        _monitor.OnPolled();
    }

    /// <summary>A reader subscribed.</summary>
    internal sealed class Watched : INoSerializationVerificationNeeded
    {
        public static readonly Watched Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Polled(TimeSpan Since, IReadOnlyList<NodeView> Views) : INoSerializationVerificationNeeded;
}

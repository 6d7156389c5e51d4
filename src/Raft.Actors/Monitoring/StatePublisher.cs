using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Publishes the state of a node: at once when its role, term or leader changes, and ten times a second while somebody watches
/// and its indexes move. It learns everything from messages, so the node does not depend on it.
/// </summary>
internal sealed class StatePublisher : ReceiveActor, IWithTimers, IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ActivityInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a request of a monitor is valid. Monitors repeat it once a second.</summary>
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(4);

    private readonly IActorRef _mediator;
    private readonly IActorRef _node;
    private readonly NodeId _self;
    private readonly GroupId _group;
    private readonly Meter _telemetry;
    private CommitMeter? _meter;
    private object? _published;
    private TimeSpan _wantedUntil;
    private TimeSpan _watchedUntil;

    /// <param name="mediator">The DistributedPubSub mediator.</param>
    /// <param name="node">The node actor.</param>
    /// <param name="self">The node's name.</param>
    /// <param name="group">The node's group.</param>
    /// <param name="telemetry">The node's Meter.</param>
    public StatePublisher(IActorRef mediator, IActorRef node, NodeId self, GroupId group, Meter telemetry)
    {
        _mediator = mediator;
        _telemetry = telemetry;
        _node = node;
        _self = self;
        _group = group;
        Receive<RoleChanged>(change => change.Node == _self && change.Group == _group, _ => Look());
        Receive<NodeHalted>(halted => halted.Node == _self && halted.Group == _group, _ => Look());
        Receive<NodeStatus>(status => OnStatus(status, isNew: !TransitionDetector.AreSame(_published as NodeStatus, status)));
        Receive<NodeDown>(down => OnStatus(down, isNew: !down.Equals(_published)));
        Receive<MonitoringRequested>(OnWanted);
        Receive<LookDue>(_ => OnLookDue());
        Receive<ActivityDue>(_ => OnActivityDue());
        Receive<SubscribeAck>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Clock => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(RoleChanged));
        Context.System.EventStream.Subscribe(Self, typeof(NodeHalted));
        _mediator.Tell(new Subscribe(MonitoringTopics.Wanted(_group), Self));
    }

    public void Dispose() => _meter?.Dispose();

    private void Look() => _node.Tell(GetStatus.Instance);

    private void OnStatus(object status, bool isNew)
    {
        _published = status;
        if (isNew) Publish(status);
    }

    private void Publish(object news) => _mediator.Tell(new Publish(MonitoringTopics.Nodes(_group), news));

    private void OnWanted(MonitoringRequested wanted)
    {
        _wantedUntil = Clock + Interest;
        if (wanted.IsWatched) _watchedUntil = _wantedUntil;
        if (wanted.IsWatched && !Timers.IsTimerActive(nameof(LookDue)))
            Timers.StartPeriodicTimer(nameof(LookDue), LookDue.Instance, TimeSpan.Zero, LookInterval);
        if (_meter is not null) return;
        _meter = new CommitMeter(_telemetry);
        Timers.StartPeriodicTimer(nameof(ActivityDue), ActivityDue.Instance, TimeSpan.Zero, ActivityInterval);
        Look();
    }

    private void OnLookDue()
    {
        if (Clock > _watchedUntil) Timers.Cancel(nameof(LookDue));
        else Look();
    }

    private void OnActivityDue()
    {
        if (Clock > _wantedUntil)
        {
            Timers.Cancel(nameof(ActivityDue));
            _meter?.Dispose();
            _meter = null;
        }
        else if (_meter?.Drain(Clock) is { } activity && _published is NodeStatus { Role: RaftRole.Leader } leader)
        {
            Publish(new LeaderActivity(_self, leader.Term, activity.PerSecond, activity.P50, activity.P99));
        }
    }

    private sealed class LookDue : INoSerializationVerificationNeeded
    {
        public static readonly LookDue Instance = new();
    }

    private sealed class ActivityDue : INoSerializationVerificationNeeded
    {
        public static readonly ActivityDue Instance = new();
    }
}

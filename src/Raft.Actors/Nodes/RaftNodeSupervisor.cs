using Akka.Actor;
using Akka.Event;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Keeps a node running. A failed node is stopped, never restarted in place; after a pause a new instance recovers from the
/// journal, because the failed one may have had more in memory than on disk. A halted node stays down. Local clients send their
/// requests to the supervisor, so they get answers while the node is down.
/// </summary>
internal sealed class RaftNodeSupervisor(RaftSettings settings, Func<Props> node) : UntypedActor, IWithTimers
{
    public const string NodeName = "node";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private TimeSpan _pause = settings.RestartBackoffMin;
    private string? _haltReason;
    private IActorRef? _running;

    public ITimerScheduler Timers { get; set; } = null!;

    public static string NameOf(GroupId group) => $"raft-{group}";

    /// <summary>The path by which clients reach a member.</summary>
    public static string PathOf(ExtendedActorSystem system, GroupId group, RaftMember member) =>
        PathOf(system, NameOf(group), member);

    /// <summary>The path of another actor in the member's process.</summary>
    public static string PathOf(ExtendedActorSystem system, string name, RaftMember member)
    {
        var address = new Address(system.Provider.DefaultAddress.Protocol, system.Name, member.Host, member.Port);
        return $"{address}/user/{name}";
    }

    public static Props Props(RaftSettings settings, Func<Props> node) =>
        Akka.Actor.Props.Create(() => new RaftNodeSupervisor(settings, node));

    private string WhyDown => _haltReason ?? "it is being started again";

    protected override void PreStart() => StartNode();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        if (failure is NodeHaltedException) Halt(failure.Message);
        return Directive.Stop;
    });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeHaltedException unusable: Halt(unusable.Message); break;
            case JournalAnswers: _pause = settings.RestartBackoffMin; break;
            case Terminated: OnTerminated(); break;
            case StartAgain: StartNode(); break;
            default: PassOn(message); break;
        }
    }

    private void StartNode() => _running = Context.Watch(Context.ActorOf(node(), NodeName));

    private void PassOn(object message)
    {
        if (_running is not null) _running.Forward(message);
        else UnavailableNode.Answer(message, Sender, Self, settings.NodeId, WhyDown, _haltReason is not null);
    }

    private void OnTerminated()
    {
        _running = null;
        if (_haltReason is not null) return;
        _log.Warning(
            "{Node} stopped; it starts again from its journal in {Milliseconds} ms.", settings.NodeId, _pause.TotalMilliseconds);
        Timers.StartSingleTimer(StartAgain.Instance, StartAgain.Instance, _pause);
        _pause = TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, settings.RestartBackoffMax.Ticks));
    }

    private void Halt(string reason)
    {
        _haltReason = reason;
        Timers.Cancel(StartAgain.Instance);
        _log.Error("{Node} halted: {Reason}", settings.NodeId, reason);
        Context.System.EventStream.Publish(new NodeHalted(settings.Group, settings.NodeId, reason));
    }

    private sealed record StartAgain
    {
        public static readonly StartAgain Instance = new();
    }
}

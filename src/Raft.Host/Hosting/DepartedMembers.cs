using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Programs.Addresses;

namespace Raft.Host.Hosting;

/// <summary>
/// Removes processes that are gone for good from the Akka cluster, because while they are unreachable no other process can join
/// or leave properly. This does not affect the members of the Raft group, which only Raft decides on.
/// </summary>
internal sealed class DepartedMembers : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Member, DateTimeOffset> _unreachableSince = [];
    private readonly HashSet<NodeId> _twins = [];

    public DepartedMembers() => Receive<Tick>(_ => Look());

    /// <summary>Set by Akka.NET.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, Interval);

    private void Look()
    {
        var state = _cluster.State;
        var now = Context.System.Scheduler.Now;
        foreach (var back in _unreachableSince.Keys.Except(state.Unreachable).ToArray()) _unreachableSince.Remove(back);
        foreach (var member in state.Unreachable) _unreachableSince.TryAdd(member, now);

        AkkaMember[] members = [.. state.Members.Order(Member.AgeOrdering).Select(m => Of(m, now))];
        foreach (var gone in Departures.Find(members))
        {
            _log.Info("{Address} is gone and is removed from the Akka cluster", HostPort.Of(gone.Address));
            _cluster.Down(gone.Address);
        }

        var twins = Departures.Twins(members).ToArray();
        _twins.IntersectWith(twins.Select(t => t.Node));
        foreach (var (node, older, younger) in twins.Where(t => _twins.Add(t.Node)))
            _log.Warning(
                "Two processes run as node {Node}: {Older} and {Younger}. Stop the one with the wrong data folder",
                node, HostPort.Of(older), HostPort.Of(younger));
    }

    private AkkaMember Of(Member member, DateTimeOffset now) => new(
        member.Address, ClusterDirectory.NodeOf(member), member.Status,
        _unreachableSince.TryGetValue(member, out var since) ? now - since : null);

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}

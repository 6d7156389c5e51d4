using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Programs.Addresses;

namespace Raft.Host.Hosting;

/// <summary>
/// Takes members that are gone for good out of the Akka cluster, since nobody else can join or leave it properly while they
/// are unreachable. Raft's members are another matter: Raft alone decides on them.
/// </summary>
internal sealed class DepartedMembers : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Member, DateTimeOffset> _unreachableSince = [];
    private readonly HashSet<NodeId> _twins = [];

    public DepartedMembers() => Receive<Tick>(_ => Look());

    /// <summary>Given by Akka.</summary>
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
            _log.Info("{Address} is gone and is taken out of the Akka cluster", HostPort.Of(gone.Address));
            _cluster.Down(gone.Address);
        }

        var twins = Departures.Twins(members).ToArray();
        _twins.IntersectWith(twins.Select(t => t.Node));
        foreach (var (node, older, younger) in twins.Where(t => _twins.Add(t.Node)))
            _log.Warning(
                "Two processes are node {Node}: {Older} and {Younger}. Stop one of them: a node is one process with one data folder",
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

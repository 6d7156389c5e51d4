using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Raft.Actors.Protocol;

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

        var unreachable = state.Unreachable.ToDictionary(m => m, m => now - _unreachableSince[m]);
        foreach (var gone in Departures.Find(state.Members, unreachable))
        {
            _log.Info("{0} is gone and is taken out of the Akka cluster", gone.Address);
            _cluster.Down(gone.Address);
        }

        foreach (var (node, older, younger) in Departures.Twins(state.Members.Except(state.Unreachable)))
        {
            if (_twins.Add(node))
                _log.Warning(
                    "Two processes are node {0}: {1} and {2}. Stop one of them; a node has one process and one data folder",
                    node, older.Address, younger.Address);
        }
    }

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}

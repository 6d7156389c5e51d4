using Akka.Actor;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Checks.Elections;
using Raft.Simulation.Clusters;
using Raft.Simulation.Engine;
using Raft.Simulation.Network;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Scenarios;

/// <summary>
/// A cluster for scenarios: real Raft nodes n1, n2 … with their real codecs, timers and persistence protocol, in one thread and
/// in virtual time. Its methods are verbs, so that a scenario reads like the paper. <para> Every verb lets the cluster settle
/// before it returns: all its consequences have happened. To create states in between, hold messages or writes, cut links, or
/// drop messages. Little virtual time passes meanwhile; <see cref="Run"/> lets it pass on purpose. </para> <para> Names of
/// machines are separated by spaces: <c>"n1 n2"</c>. Besides nodes there are real clients, <c>c1</c>, <c>c2</c> …, and
/// <c>client</c>, which sends the scenario's requests directly to a node. Logs are written as the paper draws them: <c>1 1 4</c>
/// has entries of these terms, <c>1 1:a 4:b</c> also names commands. </para> <para> All checks of a simulated run are active:
/// whatever a scenario expects, a violated property ends it with a <see cref="ViolationException"/>. Only the check that forbids
/// early campaigns is off, because scenarios fire election timers. A scenario is used by one thread and depends only on its
/// verbs, its options and its seed. </para>
/// </summary>
/// <example>
/// Raft §5.3: a minority commits nothing, and its entries are replaced.
/// <code>
/// using var cluster = new SimulatedCluster(nodes: 3, seed: 1).Start();
/// cluster.Elect("n1");
/// cluster.Isolate("n1");
/// var lost = cluster.Propose("n1", "a");
/// cluster.Elect("n2");
/// cluster.Propose("n2", "b").ExpectDone();
/// lost.ExpectUnderWay();
/// cluster.Heal();
/// cluster.Heartbeat("n2");
/// cluster.ExpectLog("n1 n2 n3", "1 2 2:b");
/// lost.ExpectUnknown();
/// </code>
/// </example>
public sealed partial class SimulatedCluster : IDisposable
{
    /// <summary>The maximum virtual time of a verb. If it is exceeded, the cluster does not settle at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MaxAttempts = 10;

    /// <summary>
    /// Without timers, nodes can't tell how long ago they heard from a leader, so these features are off, as in the paper.
    /// </summary>
    private const string TimeStandsStill = """
        raft.election-timeout-min = 12h
        raft.election-timeout-max = 24h
        raft.pre-vote = off
        raft.check-quorum = off
        """;

    private readonly SimulatedWorld _world;
    private readonly ScenarioNetwork _network;
    private readonly ScenarioClient _client;
    private readonly TraceRecorder _recorder = new();
    private readonly HaltListener _halts;
    private readonly Dictionary<string, string> _halted = [];
    private bool _hasStarted;

    /// <param name="nodes">The number of nodes.</param>
    /// <param name="seed">Determines the order of actors that could run at the same moment.</param>
    /// <param name="options">The options of the cluster; null for the defaults.</param>
    /// <exception cref="ArgumentException">The number of nodes is out of range, or a setting is invalid.</exception>
    public SimulatedCluster(int nodes = 3, long seed = 1, ScenarioOptions? options = null)
    {
        if (nodes is < 1 or > SimulatedWorld.MaxNodes)
            throw new ArgumentException($"A cluster of {nodes} nodes can't be simulated. Use 1 to {SimulatedWorld.MaxNodes}.");
        options ??= new ScenarioOptions();
        var timers = options.HasElectionTimers ? "" : TimeStandsStill;
        _world = new SimulatedWorld(seed, new WorldOptions(
            SimulatedSettings.Of(nodes, $"{timers}\n{options.Settings}"),
            options.Clients,
            new ScenarioWorkload(options.StateMachine),
            ThinkTime: TimeSpan.FromTicks(1),
            MaxOperations: 0,
            new Latency(options.Latency, options.Latency),
            _recorder,
            [.. StandardChecks.Create().Where(check => check is not CampaignsNotEarly)]));
        foreach (var node in _world.Nodes) node.Disk.Latency = new Latency(options.DiskLatency, options.DiskLatency);
        _world.IsLoaded = false;
        _client = new ScenarioClient(_world);
        _network = new ScenarioNetwork(_world.Network);
        _halts = new HaltListener(this);
        _world.System.EventStream.Subscribe(_halts, typeof(NodeHalted));
    }

    /// <summary>The virtual time since the start.</summary>
    public TimeSpan Now => _world.Loop.Now;

    /// <summary>Returns the names of all other nodes, in the form that verbs accept.</summary>
    /// <param name="nodes">The nodes, such as <c>n1</c>.</param>
    public string Others(string nodes) => string.Join(' ', _world.Nodes.Except(Nodes(nodes)));

    /// <summary>Ends the simulation. The cluster can't be used any more.</summary>
    public void Dispose()
    {
        _world.System.EventStream.Unsubscribe(_halts);
        _world.Dispose();
    }

    /// <summary>Lets virtual time pass, with heartbeats, election timeouts and restarts of failed nodes.</summary>
    /// <param name="time">The duration.</param>
    public void Run(TimeSpan time)
    {
        _world.RunUntil(_world.Loop.Now + time);
        Settle();
    }

    /// <summary>
    /// Lets the cluster settle: no message is in flight, no actor has work, and no disk write is in progress except held ones.
    /// Only timers remain. Every verb and every expectation does this.
    /// </summary>
    /// <exception cref="ScenarioException">The cluster does not settle.</exception>
    public void Settle()
    {
        if (!_world.RunUntil(_world.Loop.Now + Patience, IsAtRest))
            throw Failed("the cluster is expected to come to rest", $"it has not within {Patience.TotalSeconds} s");
    }

    /// <summary>
    /// Fires the election timers of these nodes, all at once (Raft §5.2). A node that is named twice gets two timeouts in its
    /// mailbox.
    /// </summary>
    /// <param name="nodes">The nodes, such as <c>n1</c>.</param>
    public void Campaign(string nodes) => TellNodes(nodes, ElectionTimeout.Instance);

    /// <summary>
    /// Fires the election timer of the node until it leads. It may lose elections at first, because others may know a newer term.
    /// </summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <exception cref="ScenarioException">The node is not elected.</exception>
    public void Elect(string node)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Campaign(node);
            if (StateOf(node).Role == RaftRole.Leader) return;
        }

        throw Failed($"{node} is expected to be elected", $"it lost {MaxAttempts} elections");
    }

    /// <summary>Fires the heartbeat timers of these nodes. A node that does not lead ignores it.</summary>
    /// <param name="nodes">The nodes, such as <c>n1</c>.</param>
    public void Heartbeat(string nodes) => TellNodes(nodes, HeartbeatDue.Instance);

    /// <summary>Makes these nodes take a snapshot and drop the log entries that it replaces (Raft §7).</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void TakeSnapshot(string nodes) => TellNodes(nodes, Raft.Actors.Protocol.TakeSnapshot.Instance);

    /// <summary>Waits until one of these nodes leads, for scenarios with election timers.</summary>
    /// <param name="within">The maximum time to wait.</param>
    /// <param name="among">The nodes; null for all.</param>
    /// <returns>The name of the leader.</returns>
    /// <exception cref="ScenarioException">None of them leads by then.</exception>
    public string AwaitLeader(TimeSpan within, string? among = null)
    {
        var nodes = among is null ? _world.Nodes : Nodes(among);
        SimulatedNode? Leader() => nodes.FirstOrDefault(n => n.View.State is { IsRunning: true, Role: RaftRole.Leader });
        if (!_world.RunUntil(_world.Loop.Now + within, () => Leader() is not null))
            throw Failed($"one of {string.Join(", ", nodes)} is expected to lead within {within.TotalSeconds} s", "none does");
        var name = Leader()!.Name;
        Settle();
        return name;
    }

    /// <summary>Returns the trace so far, for the space-time diagram.</summary>
    /// <param name="title">The title of the diagram.</param>
    public Trace ToTrace(string title) => _recorder.ToTrace(title, command: "", _world, _world.Observer.Violation);

    private void TellNodes(string nodes, object message)
    {
        foreach (var node in Nodes(nodes))
        {
            if (!node.View.State.IsRunning) throw Failed($"{node} is expected to run", "it is down");
            node.NodeEndpoint.Actor.Tell(message, ActorRefs.NoSender);
        }

        Settle();
    }

    private bool IsAtRest()
    {
        if (_world.Loop.IsBusy || _world.Nodes.Any(n => !n.Disk.IsIdle)) return false;
        var machines = Everybody.ToArray();
        return !machines.Any(one => machines.Any(other => _world.Network[one, other].UnderWay > 0));
    }

    private IEnumerable<Machine> Everybody => _world.Machines.Append(_client);

    private Machine[] Machines(string names) => [.. Names(names).Select(Machine)];

    private Machine Machine(string name) =>
        Everybody.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"There is no {name} in the cluster. It has {string.Join(", ", Everybody)}.");

    private SimulatedNode[] Nodes(string names) =>
    [
        .. Names(names).Select(name => Machine(name) as SimulatedNode ?? throw new ArgumentException($"{name} is not a node.")),
    ];

    private SimulatedNode Node(string name) =>
        Nodes(name) is [var node] ? node : throw new ArgumentException($"'{name}' is not one node.");

    private static string[] Names(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private NodeState StateOf(string node) => Node(node).View.State;

    private sealed class HaltListener(SimulatedCluster cluster) : MinimalActorRef
    {
        public override ActorPath Path { get; } = cluster._world.System.DeadLetters.Path.Root / "halts";

        public override IActorRefProvider Provider => cluster._world.System.Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is NodeHalted halted) cluster._halted[halted.Node.Value] = halted.Reason;
        }
    }
}

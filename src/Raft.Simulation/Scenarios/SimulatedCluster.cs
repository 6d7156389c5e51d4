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
/// A cluster for scenarios: real Raft nodes n1, n2 … with their real codecs, timers and persistence protocol, in one thread
/// and in virtual time. It is a language of verbs, so that a scenario reads like the paper's.
/// <para>
/// Every verb lets the cluster come to rest before it returns: all that it causes has happened, and what did not happen by
/// then does not happen. States in between are made by holding messages or writes, cutting links and dropping messages. Time
/// passes meanwhile, but little; <see cref="Run"/> lets it pass on purpose.
/// </para>
/// <para>
/// Names of machines are written with spaces between them: <c>"n1 n2"</c>. Beside nodes there are real clients, <c>c1</c>,
/// <c>c2</c> …, and <c>client</c>, which sends the scenario's requests straight to a node. Logs are written as the paper draws
/// them: <c>1 1 4</c> has entries of these terms, <c>1 1:a 4:b</c> names commands too.
/// </para>
/// <para>
/// All checks of a simulated run watch: whatever a scenario expects, a violated property ends it with a
/// <see cref="ViolationException"/>. Only the one that forbids early campaigns is off, since scenarios ring election
/// timers. A scenario is used by one thread, and depends on nothing but its verbs, its options and its seed.
/// </para>
/// </summary>
/// <example>
/// Raft §5.3: a minority commits nothing, and what it wrote is replaced.
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
    /// <summary>No verb takes longer: then the cluster does not come to rest at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MaxAttempts = 10;

    /// <summary>Without timers nobody can tell how long ago a leader was heard: it is the Raft of the paper.</summary>
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

    /// <param name="nodes">How many nodes.</param>
    /// <param name="seed">Draws the order in which actors run that could run at the same moment.</param>
    /// <param name="options">What the cluster is like; null for the defaults.</param>
    /// <exception cref="ArgumentException">There can't be so many nodes, or a setting is wrong.</exception>
    public SimulatedCluster(int nodes = 3, long seed = 1, ScenarioOptions? options = null)
    {
        if (nodes is < 1 or > SimulatedWorld.MaxNodes)
            throw new ArgumentException($"A cluster of {nodes} nodes can't be simulated; use 1 to {SimulatedWorld.MaxNodes}.");
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

    /// <summary>Virtual time since the beginning.</summary>
    public TimeSpan Now => _world.Loop.Now;

    /// <summary>All nodes but these, as verbs want to be told them.</summary>
    /// <param name="nodes">For example <c>n1</c>.</param>
    public string Others(string nodes) => string.Join(' ', _world.Nodes.Except(Nodes(nodes)));

    /// <summary>Ends the simulation; the cluster can't be used any more.</summary>
    public void Dispose()
    {
        _world.System.EventStream.Unsubscribe(_halts);
        _world.Dispose();
    }

    /// <summary>Lets time pass, with all that it brings: heartbeats, election timeouts, restarts of failed nodes.</summary>
    /// <param name="time">How long.</param>
    public void Run(TimeSpan time)
    {
        _world.RunUntil(_world.Loop.Now + time);
        Settle();
    }

    /// <summary>
    /// Lets the cluster come to rest: no message is under way, nobody has anything to do, and no disk writes but one that is
    /// held. Only timers are left. Every verb does this, and every expectation.
    /// </summary>
    /// <exception cref="ScenarioException">It does not come to rest.</exception>
    public void Settle()
    {
        if (!_world.RunUntil(_world.Loop.Now + Patience, IsAtRest))
            throw Failed("the cluster is expected to come to rest", $"it has not within {Patience.TotalSeconds} s");
    }

    /// <summary>
    /// The election timers of these nodes ring now, all at once (Raft §5.2). A node that is named twice has two timeouts in its
    /// mailbox.
    /// </summary>
    /// <param name="nodes">For example <c>n1</c>.</param>
    public void Campaign(string nodes) => TellNodes(nodes, ElectionTimeout.Instance);

    /// <summary>
    /// The node's election timer rings until it leads; again after an election that it did not win, since others may know a
    /// newer term.
    /// </summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <exception cref="ScenarioException">It is not elected.</exception>
    public void Elect(string node)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Campaign(node);
            if (StateOf(node).Role == RaftRole.Leader) return;
        }

        throw Failed($"{node} is expected to be elected", $"it lost {MaxAttempts} elections");
    }

    /// <summary>The heartbeat timers of these nodes ring now; a node that does not lead takes no notice.</summary>
    /// <param name="nodes">For example <c>n1</c>.</param>
    public void Heartbeat(string nodes) => TellNodes(nodes, HeartbeatDue.Instance);

    /// <summary>These nodes take a snapshot of their state and drop the entries that it replaces (Raft §7).</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void TakeSnapshot(string nodes) => TellNodes(nodes, Raft.Actors.Protocol.TakeSnapshot.Instance);

    /// <summary>Waits until one of these nodes leads; for scenarios with election timers.</summary>
    /// <param name="within">How long, at the most.</param>
    /// <param name="among">The nodes; null for all.</param>
    /// <returns>The leader's name.</returns>
    /// <exception cref="ScenarioException">None leads by then.</exception>
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

    /// <summary>All that happened so far, for the space-time diagram.</summary>
    /// <param name="title">What to write above it.</param>
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
        ?? throw new ArgumentException($"There is no {name} in the cluster: it has {string.Join(", ", Everybody)}.");

    private SimulatedNode[] Nodes(string names) =>
    [
        .. Names(names).Select(name => Machine(name) as SimulatedNode ?? throw new ArgumentException($"{name} is no node.")),
    ];

    private SimulatedNode Node(string name) =>
        Nodes(name) is [var node] ? node : throw new ArgumentException($"One node is wanted, and '{name}' is not one.");

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

using Akka.Actor;
using Akka.Event;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Engine;
using Raft.Simulation.Network;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Everything that belongs to a run: event loop, ActorSystem, network, nodes, clients and observers.</summary>
internal sealed class SimulatedWorld : IDisposable
{
    /// <summary>The maximum number of nodes in a cluster.</summary>
    public const int MaxNodes = 9;

    private readonly long _seed;
    private readonly SimulatedSystem _system = SimulatedSystem.Rent();
    private readonly FailureListener _failures;
    private readonly TimeSpan[,]? _discoveries;
    private int _processes;
    private int _operationsLeft;

    public SimulatedWorld(long seed, WorldOptions options)
    {
        _seed = seed;
        Workload = options.Workload;
        ThinkTime = options.ThinkTime;
        _operationsLeft = options.MaxOperations;
        StartsBlank = options.StartsBlank;
        IsWithoutFaults = options.IsWithoutFaults;
        Settings = options.Settings[0];
        Loop.Begin(Random("schedule"), RunObserver.OnStep);
        Observer = new RunObserver(this, options.Checks ?? StandardChecks.Create(), options.Recorder);
        Network = new SimulatedNetwork(Loop, System, Random("network"), options.Latency, Observer);
        Nodes = [.. options.Settings.Select((settings, i) => new SimulatedNode(this, settings, i))];
        if (Settings.BootstrapExpect > 0) _discoveries = Discoveries(options.LatestDiscovery);
        Clients = [.. Enumerable.Range(0, options.Clients).Select(i => new SimulatedClient(this, i, Nodes.Count + i))];
        Machines = [.. Nodes, .. Clients];
        Network.Connect(Machines.Count);
        Observer.Begin();
        _failures = new FailureListener(this);
        System.EventStream.Subscribe(_failures, typeof(Error));
    }

    public EventLoop Loop => _system.Loop;

    public ExtendedActorSystem System => _system.System;

    public SimulatedNetwork Network { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    public IReadOnlyList<SimulatedClient> Clients { get; }

    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>
    /// The nodes that belong to the cluster: all or, if the cluster is bootstrapped in the run, those that know that they
    /// belong to it.
    /// </summary>
    public IReadOnlyList<SimulatedNode> Members =>
        Settings.BootstrapExpect == 0 && !StartsBlank ? Nodes : [.. Nodes.Where(n => n.View.Disk.Cluster is not null)];

    public RunObserver Observer { get; }

    /// <summary>Whether the cluster is bootstrapped in this run; otherwise it exists before the run.</summary>
    public bool StartsBlank { get; }

    /// <summary>All entries that were ever committed.</summary>
    public CommittedLog Committed { get; } = new();

    public Workload Workload { get; }

    /// <summary>
    /// The settings of the first node; other nodes have a different name, and possibly a different preference.
    /// </summary>
    public RaftSettings Settings { get; }

    /// <summary>A client's mean pause between two requests.</summary>
    public TimeSpan ThinkTime { get; }

    /// <summary>Whether the run has no faults of nodes, disks, clocks and network.</summary>
    public bool IsWithoutFaults { get; }

    /// <summary>Whether clients continue to work.</summary>
    public bool IsLoaded { get; set; } = true;

    /// <summary>
    /// Whether a node has learned another's address; members of a fixed group know all addresses from the start.
    /// </summary>
    public bool Knows(SimulatedNode node, SimulatedNode other) =>
        _discoveries is null || node == other || Loop.Now >= _discoveries[node.Number, other.Number];

    public SimulatedNode NodeOf(NodeId id)
    {
        foreach (var node in Nodes)
        {
            if (node.Settings.NodeId == id) return node;
        }

        throw new ArgumentException($"There is no node {id}.", nameof(id));
    }

    /// <summary>Returns the random number generator for a purpose.</summary>
    public SeededRandom Random(string stream) => new(_seed, stream);

    public string NewProcessName(string machine, out int number)
    {
        number = ++_processes;
        return $"{machine}-{Loop.NextProcess()}";
    }

    /// <summary>Whether another operation may begin.</summary>
    public bool MayInvoke() => _operationsLeft-- > 0;

    /// <summary>Allows this many more operations.</summary>
    public void AllowOperations(int count) => _operationsLeft = Math.Max(_operationsLeft, count);

    /// <summary>Runs until a point in virtual time.</summary>
    public void RunUntil(TimeSpan moment)
    {
        while (Loop.Now < moment && Loop.StepUntil(moment)) StopAtViolation();
    }

    /// <summary>Runs until the condition holds.</summary>
    /// <returns>False if it does not hold in time.</returns>
    public bool RunUntil(TimeSpan moment, Func<bool> condition)
    {
        while (!condition())
        {
            if (Loop.Now >= moment || !Loop.StepUntil(moment)) return condition();
            StopAtViolation();
        }

        return true;
    }

    public void Dispose()
    {
        System.EventStream.Unsubscribe(_failures);
        _system.Return();
        foreach (var node in Nodes) node.Dispose();
    }

    private TimeSpan[,] Discoveries(TimeSpan latest)
    {
        var random = Random("discovery");
        var discoveries = new TimeSpan[Nodes.Count, Nodes.Count];
        foreach (var node in Nodes)
        {
            foreach (var other in Nodes) discoveries[node.Number, other.Number] = random.Between(TimeSpan.Zero, latest);
        }

        return discoveries;
    }

    private void StopAtViolation()
    {
        if (Observer.Violation is { } violation) throw new ViolationException(violation);
    }

    private sealed class FailureListener(SimulatedWorld world) : MinimalActorRef
    {
        public override ActorPath Path { get; } = world.System.DeadLetters.Path.Root / "failures";

        public override IActorRefProvider Provider => world.System.Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is Error error) world.Observer.OnError(world.Loop.Current, error);
        }
    }
}

/// <summary>The parts of a world.</summary>
/// <param name="Settings">The settings of each node.</param>
/// <param name="Clients">The number of clients.</param>
/// <param name="Workload">The state machine and the clients' requests.</param>
/// <param name="ThinkTime">A client's mean pause between two requests.</param>
/// <param name="MaxOperations">The maximum number of requests of all clients together.</param>
/// <param name="Latency">The latency of messages.</param>
/// <param name="Recorder">Records events for the diagram; null to record nothing.</param>
/// <param name="Checks">The checks, new for this run; null for all.</param>
/// <param name="StartsBlank">Whether fixed members start without a cluster.</param>
/// <param name="LatestDiscovery">The longest time until a node without a cluster learns another's address.</param>
/// <param name="IsWithoutFaults">Whether the run has no faults of nodes, disks, clocks and network.</param>
internal sealed record WorldOptions(
    IReadOnlyList<RaftSettings> Settings,
    int Clients,
    Workload Workload,
    TimeSpan ThinkTime,
    int MaxOperations,
    Latency Latency,
    TraceRecorder? Recorder,
    IReadOnlyList<Check>? Checks = null,
    bool StartsBlank = false,
    TimeSpan LatestDiscovery = default,
    bool IsWithoutFaults = false);

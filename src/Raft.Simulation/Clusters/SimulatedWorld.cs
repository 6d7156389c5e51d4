using Akka.Actor;
using Akka.Event;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Engine;
using Raft.Simulation.Network;
using Raft.Simulation.Workloads;

namespace Raft.Simulation.Clusters;

/// <summary>Everything of one run: event loop, ActorSystem, network, nodes, clients, and who watches them.</summary>
internal sealed class SimulatedWorld : IDisposable
{
    /// <summary>Most nodes of a cluster.</summary>
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

    /// <summary>Nodes that belong to the cluster: all, but where it is founded only those that know so.</summary>
    public IReadOnlyList<SimulatedNode> Members =>
        Settings.BootstrapExpect == 0 && !StartsBlank ? Nodes : [.. Nodes.Where(n => n.View.Disk.Cluster is not null)];

    public RunObserver Observer { get; }

    /// <summary>Whether members found their cluster in this run; else it was founded before.</summary>
    public bool StartsBlank { get; }

    /// <summary>Every entry that was ever committed.</summary>
    public CommittedLog Committed { get; } = new();

    public Workload Workload { get; }

    /// <summary>The settings of the first node; the others' differ in the name, and may in the preference.</summary>
    public RaftSettings Settings { get; }

    /// <summary>A client's mean pause between two requests.</summary>
    public TimeSpan ThinkTime { get; }

    /// <summary>Whether nothing is done to the nodes, their disks, clocks and network.</summary>
    public bool IsWithoutFaults { get; }

    /// <summary>Whether clients go on working.</summary>
    public bool IsLoaded { get; set; } = true;

    /// <summary>Whether a node has learned another's address by now; members of a fixed group know all from the start.</summary>
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

    /// <summary>The generator of this purpose.</summary>
    public SeededRandom Random(string stream) => new(_seed, stream);

    public string NewProcessName(string machine, out int number)
    {
        number = ++_processes;
        return $"{machine}-{Loop.NextProcess()}";
    }

    /// <summary>Whether one operation more may begin.</summary>
    public bool MayInvoke() => _operationsLeft-- > 0;

    /// <summary>Lets so many more operations begin.</summary>
    public void AllowOperations(int count) => _operationsLeft = Math.Max(_operationsLeft, count);

    /// <summary>Runs until a moment of virtual time.</summary>
    public void RunUntil(TimeSpan moment)
    {
        while (Loop.Now < moment && Loop.StepUntil(moment)) StopAtViolation();
    }

    /// <summary>Runs until the condition holds.</summary>
    /// <returns>False where it does not by then.</returns>
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

/// <summary>What a world is made of.</summary>
/// <param name="Settings">One for each node.</param>
/// <param name="Clients">How many clients.</param>
/// <param name="Workload">The state machine and what clients do.</param>
/// <param name="ThinkTime">A client's mean pause between two requests.</param>
/// <param name="MaxOperations">Requests of all clients together, at the most.</param>
/// <param name="Latency">What a message takes.</param>
/// <param name="Recorder">Keeps what happens for the diagram; null keeps nothing.</param>
/// <param name="Checks">Made anew for this run; null for all.</param>
/// <param name="StartsBlank">Whether fixed members have no cluster yet when they start.</param>
/// <param name="LatestDiscovery">How long it may take until a node without a cluster learns of another's address.</param>
/// <param name="IsWithoutFaults">Whether nothing will be done to the nodes, their disks, clocks and network.</param>
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

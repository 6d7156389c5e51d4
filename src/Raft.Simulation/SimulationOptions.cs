using Raft.Simulation.Clusters;
using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>
/// The options of a simulation. A run is a function of these options, its seed and the code, and of nothing else.
/// </summary>
public sealed record SimulationOptions
{
    /// <summary>The maximum number of nodes in a cluster.</summary>
    public const int MaxNodes = SimulatedWorld.MaxNodes;

    /// <summary>The number of nodes in the cluster, from 1 to <see cref="MaxNodes"/>.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>
    /// The number of nodes that bootstrap the cluster, which find each other gradually (<c>raft.bootstrap-expect</c>); 0 if all
    /// nodes are members from the start. It must be more than half of <see cref="Nodes"/>, because fewer could bootstrap two
    /// clusters.
    /// </summary>
    public int BootstrapExpect { get; init; }

    /// <summary>
    /// The virtual time during which clients send requests and faults are injected. Afterwards all faults end, and the cluster
    /// must recover.
    /// </summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The kinds and probabilities of faults.</summary>
    public FaultOptions Faults { get; init; } = FaultOptions.None;

    /// <summary>The number of clients, each with one request in flight.</summary>
    public int Clients { get; init; } = 5;

    /// <summary>The mean pause of a client between two requests.</summary>
    public TimeSpan ThinkTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Creates the workload of a run: the state machine and the requests of the clients. The default is the key-value store,
    /// whose histories must be linearizable.
    /// </summary>
    public Func<Workload> Workload { get; init; } = () => new KeyValueWorkload();

    /// <summary>
    /// Settings of the nodes as HOCON, such as <c>raft.heartbeat-interval = 50ms</c>. Settings of a single node are below its
    /// name, such as <c>nodes.n1.raft.leadership-preference = prefer</c>.
    /// </summary>
    public string Settings { get; init; } = "";

    /// <summary>
    /// Whether each run draws its own settings from the seed: limits (entries in an append, appends in flight, pending requests,
    /// the timeout of the journal …), because small limits are reached and therefore tested; how leaders are elected and kept
    /// (leases, pre-vote, check-quorum); leadership preferences; and how often snapshots are taken. <see cref="Settings"/> takes
    /// precedence.
    /// </summary>
    public bool DrawLimits { get; init; } = true;

    /// <summary>Validates the options.</summary>
    /// <exception cref="ArgumentException">An option is invalid. The message says which, and what is allowed.</exception>
    internal SimulationOptions Checked() =>
        Nodes is < 1 or > MaxNodes
            ? throw new ArgumentException($"A cluster of {Nodes} nodes can't be simulated. Use 1 to {MaxNodes}.")
        : BootstrapExpect < 0 || BootstrapExpect > Nodes || (BootstrapExpect > 0 && BootstrapExpect <= Nodes / 2)
            ? throw new ArgumentException(
                $"{BootstrapExpect} of {Nodes} nodes can't bootstrap a cluster. Use more than half of them, or 0 for fixed "
                + "members.")
        : Duration < TimeSpan.FromSeconds(1) || Duration > TimeSpan.FromDays(1)
            ? throw new ArgumentException($"A run of {Duration.TotalSeconds} s can't be simulated. Use 1 second to 1 day.")
        : Clients is < 1 or > 1000 ? throw new ArgumentException($"{Clients} clients can't be simulated. Use 1 to 1000.")
        : ThinkTime <= TimeSpan.Zero ? throw new ArgumentException("ThinkTime must be positive.")
        : this;
}

using Raft.Simulation.Clusters;
using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>What is simulated. A run is a function of these options, its seed and the code, and of nothing else.</summary>
public sealed record SimulationOptions
{
    /// <summary>Most nodes that a cluster may have.</summary>
    public const int MaxNodes = SimulatedWorld.MaxNodes;

    /// <summary>Nodes of the cluster; 1 to <see cref="MaxNodes"/>.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>
    /// How many nodes found the cluster together, finding each other little by little (<c>raft.bootstrap-expect</c>); 0 where all
    /// nodes are members from the start. It must be more than half of <see cref="Nodes"/>: fewer might found two clusters.
    /// </summary>
    public int BootstrapExpect { get; init; }

    /// <summary>
    /// Virtual time in which clients work and faults happen. Afterwards all faults end, and the cluster must recover.
    /// </summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Which faults happen, and how often.</summary>
    public FaultOptions Faults { get; init; } = FaultOptions.None;

    /// <summary>Clients; each has one request under way at a time.</summary>
    public int Clients { get; init; } = 5;

    /// <summary>A client's mean pause between two requests.</summary>
    public TimeSpan ThinkTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Makes the state machine and the clients' requests, anew for each run. The default is the key-value store, whose histories
    /// must be linearizable.
    /// </summary>
    public Func<Workload> Workload { get; init; } = () => new KeyValueWorkload();

    /// <summary>
    /// Settings of the nodes as HOCON, for example <c>raft.heartbeat-interval = 50ms</c>; of one node below its name, for
    /// example <c>nodes.n1.raft.leadership-preference = prefer</c>.
    /// </summary>
    public string Settings { get; init; } = "";

    /// <summary>
    /// Whether each run draws settings of its own: limits (entries in an append, appends under way, pending requests, the
    /// journal's timeout …), since small limits are reached, and so tested; how leaders are elected and kept (leases, pre-vote,
    /// check-quorum), which node wants to lead, and how often snapshots are taken. What <see cref="Settings"/> says stands.
    /// </summary>
    public bool DrawLimits { get; init; } = true;

    /// <summary>Checks that the options make sense.</summary>
    /// <exception cref="ArgumentException">One does not; the message says which, and what is allowed.</exception>
    internal SimulationOptions Checked() =>
        Nodes is < 1 or > MaxNodes
            ? throw new ArgumentException($"A cluster of {Nodes} nodes can't be simulated; use 1 to {MaxNodes}.")
        : BootstrapExpect < 0 || BootstrapExpect > Nodes || (BootstrapExpect > 0 && BootstrapExpect <= Nodes / 2)
            ? throw new ArgumentException(
                $"{BootstrapExpect} of {Nodes} nodes can't found a cluster: use more than half of them, or 0 for fixed members.")
        : Duration < TimeSpan.FromSeconds(1) || Duration > TimeSpan.FromDays(1)
            ? throw new ArgumentException($"A run of {Duration.TotalSeconds} s can't be simulated; use 1 second to 1 day.")
        : Clients is < 1 or > 1000 ? throw new ArgumentException($"{Clients} clients can't be simulated; use 1 to 1000.")
        : ThinkTime <= TimeSpan.Zero ? throw new ArgumentException("ThinkTime must be above zero.")
        : this;
}

using Raft.Actors.StateMachines;

namespace Raft.Simulation.Scenarios;

/// <summary>The options of a scenario's cluster. By default only the order in which actors run depends on the seed.</summary>
public sealed record ScenarioOptions
{
    /// <summary>
    /// Settings of the nodes as HOCON, such as <c>raft.max-inflight-appends = 3</c>. Settings of a single node are below its
    /// name, such as <c>nodes.n1.raft.leadership-preference = prefer</c>.
    /// </summary>
    public string Settings { get; init; } = "";

    /// <summary>
    /// Whether election timers run, with the timeouts of <c>reference.conf</c> or of <see cref="Settings"/>. Without them a node
    /// campaigns only when the scenario says so; pre-vote and check-quorum, which depend on time, are off.
    /// </summary>
    public bool HasElectionTimers { get; init; }

    /// <summary>
    /// Creates an empty state machine. The default accepts texts as commands, returns <c>index:command</c> for each, and answers
    /// every query with all applied commands, separated by spaces.
    /// </summary>
    public Func<IStateMachine> StateMachine { get; init; } = () => new TextMachine();

    /// <summary>The number of real clients, which find the leader and retry: c1, c2 …</summary>
    public int Clients { get; init; } = 2;

    /// <summary>The latency of every message.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The duration of every journal write and read.</summary>
    public TimeSpan DiskLatency { get; init; } = TimeSpan.FromMilliseconds(1);
}

/// <summary>What happens to a write in progress when the machine loses power.</summary>
public enum UnfinishedWrite
{
    /// <summary>The write is not on the disk afterwards.</summary>
    Lost = 0,

    /// <summary>The write is on the disk, but the process never learned of it.</summary>
    Done = 1,
}

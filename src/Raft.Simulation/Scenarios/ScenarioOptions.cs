using Raft.Actors.StateMachines;

namespace Raft.Simulation.Scenarios;

/// <summary>What a scenario's cluster is like. By default nothing is left to chance but the order in which actors run.</summary>
public sealed record ScenarioOptions
{
    /// <summary>
    /// Settings of the nodes as HOCON, for example <c>raft.max-inflight-appends = 3</c>; of one node below its name, for example
    /// <c>nodes.n1.raft.leadership-preference = prefer</c>.
    /// </summary>
    public string Settings { get; init; } = "";

    /// <summary>
    /// Whether election timers run, with the timeouts of <c>reference.conf</c> or of <see cref="Settings"/>. Without them a
    /// node campaigns when the scenario says so, and never by itself; pre-vote and check-quorum, which go by time, are off.
    /// </summary>
    public bool HasElectionTimers { get; init; }

    /// <summary>
    /// Makes an empty state machine. The default takes commands as texts, answers each with <c>index:command</c>, and every
    /// query with all commands applied so far, separated by spaces.
    /// </summary>
    public Func<IStateMachine> StateMachine { get; init; } = () => new TextMachine();

    /// <summary>Real clients, which look for the leader and retry: c1, c2 …</summary>
    public int Clients { get; init; } = 2;

    /// <summary>What every message takes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>What every write and read of a journal takes.</summary>
    public TimeSpan DiskLatency { get; init; } = TimeSpan.FromMilliseconds(1);
}

/// <summary>What becomes of a write that is under way when the machine loses its power.</summary>
public enum UnfinishedWrite
{
    /// <summary>It is not on the disk afterwards.</summary>
    Lost = 0,

    /// <summary>It is on the disk, but the process never learned.</summary>
    Done = 1,
}

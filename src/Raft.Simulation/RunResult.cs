using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>The result of a run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">The violated property; null if there is none.</param>
/// <param name="TraceHash">A hash of all events: the same for the same seed, options and code, on any machine.</param>
/// <param name="Steps">The number of handled messages, fired timers, arrivals and completed disk writes.</param>
/// <param name="SimulatedTime">The virtual time that passed.</param>
/// <param name="Committed">The number of committed entries.</param>
/// <param name="Elections">The number of times a node became leader.</param>
/// <param name="Operations">The number of client requests.</param>
/// <param name="Faults">The number of faults of each kind.</param>
/// <param name="Checks">The number of times each property was checked.</param>
public sealed record RunResult(
    long Seed,
    Violation? Violation,
    ulong TraceHash,
    long Steps,
    TimeSpan SimulatedTime,
    long Committed,
    long Elections,
    long Operations,
    IReadOnlyDictionary<FaultKind, long> Faults,
    IReadOnlyDictionary<string, long> Checks);

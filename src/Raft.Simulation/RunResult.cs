using Raft.Simulation.Faults;
using Raft.Simulation.Workloads;

namespace Raft.Simulation;

/// <summary>What one run was.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Violation">The property that it violated; null where it had them all.</param>
/// <param name="TraceHash">A hash of all that happened: the same for the same seed, options and code, on any machine.</param>
/// <param name="Steps">Messages handled and timers, arrivals and disk writes that came due.</param>
/// <param name="SimulatedTime">Virtual time that passed.</param>
/// <param name="Committed">Entries committed.</param>
/// <param name="Elections">How often a node became leader.</param>
/// <param name="Operations">Requests of clients.</param>
/// <param name="Faults">How often each kind of fault began.</param>
/// <param name="Checks">How often each property was examined.</param>
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

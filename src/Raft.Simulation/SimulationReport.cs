using Raft.Simulation.Faults;

namespace Raft.Simulation;

/// <summary>The combined result of many runs.</summary>
/// <param name="Seeds">The number of runs.</param>
/// <param name="Nodes">The number of nodes in each cluster.</param>
/// <param name="Failures">The runs that violated a property, ordered by seed.</param>
/// <param name="SimulatedTime">The virtual time of all runs.</param>
/// <param name="WallTime">The real time that they took.</param>
/// <param name="Steps">The number of handled messages, fired timers, arrivals and completed disk writes.</param>
/// <param name="Committed">The number of committed entries.</param>
/// <param name="Elections">The number of times a node became leader.</param>
/// <param name="Operations">The number of client requests.</param>
/// <param name="Faults">The number of faults of each kind.</param>
/// <param name="Checks">The number of times each property was checked.</param>
/// <param name="TraceHash">
/// A hash of all events in all runs: the same for the same seeds, options and code, on any machine and with any parallelism.
/// </param>
public sealed record SimulationReport(
    long Seeds,
    int Nodes,
    IReadOnlyList<RunResult> Failures,
    TimeSpan SimulatedTime,
    TimeSpan WallTime,
    long Steps,
    long Committed,
    long Elections,
    long Operations,
    IReadOnlyDictionary<FaultKind, long> Faults,
    IReadOnlyDictionary<string, long> Checks,
    ulong TraceHash)
{
    /// <summary>Formats the figures in one line, and one line for each failure.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{Seeds} runs, {SimulatedTime.TotalSeconds:0} s simulated, {Committed} entries committed, "
                + $"{Failures.Count} violations",
            .. Failures.Select(f => $"seed {f.Seed}: {f.Violation}"),
        ]);
}

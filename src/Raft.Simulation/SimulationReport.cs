using Raft.Simulation.Faults;

namespace Raft.Simulation;

/// <summary>What many runs were, together.</summary>
/// <param name="Seeds">Runs.</param>
/// <param name="Nodes">Nodes of each cluster.</param>
/// <param name="Failures">The runs that violated a property, in the order of their seeds.</param>
/// <param name="SimulatedTime">Virtual time of all runs.</param>
/// <param name="WallTime">Real time that it took.</param>
/// <param name="Steps">Messages handled and timers, arrivals and disk writes that came due.</param>
/// <param name="Committed">Entries committed.</param>
/// <param name="Elections">How often a node became leader.</param>
/// <param name="Operations">Requests of clients.</param>
/// <param name="Faults">How often each kind of fault began.</param>
/// <param name="Checks">How often each property was examined.</param>
/// <param name="TraceHash">
/// A hash of all that happened in all runs: the same for the same seeds, options and code on any machine, whatever ran on
/// which core.
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
    /// <summary>What was run in one line, and a line for each failure.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{Seeds} runs, {SimulatedTime.TotalSeconds:0} s simulated, {Committed} entries committed, "
                + $"{Failures.Count} violations",
            .. Failures.Select(f => $"seed {f.Seed}: {f.Violation}"),
        ]);
}

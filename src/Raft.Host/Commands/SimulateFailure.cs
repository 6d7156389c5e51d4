using Raft.Simulation;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Host.Commands;

/// <summary>A run that failed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Command">The command that runs it again.</param>
/// <param name="Investigation">The smallest run that fails alike; null where nobody looked for it.</param>
/// <param name="Page">The page that shows it; null where there is none.</param>
internal sealed record SimulateFailure(
    RunResult Run, string Command, Investigation? Investigation = null, string? Page = null)
{
    /// <summary>What was violated.</summary>
    public Violation Violation => Run.Violation!;

    /// <summary>Looks for the smallest run that fails alike, and writes a page of it.</summary>
    public static SimulateFailure Investigate(SimulateCall call, RunResult run)
    {
        var command = call.Plan.CommandFor(run.Seed);
        try
        {
            var investigation = call.Plan.Simulator.Investigate(run.Seed, command);
            return new SimulateFailure(run, command, investigation, WritePage(call, run.Seed, investigation.Trace));
        }
        catch (ArgumentException)
        {
            call.Error.WriteLine(
                $"raft: seed {run.Seed} did not fail when it ran again: something in the code is not deterministic.");
            return new SimulateFailure(run, command);
        }
    }

    /// <summary>The folder was writable at the start, and may not be any more. What was found is told all the same.</summary>
    private static string? WritePage(SimulateCall call, long seed, Trace trace)
    {
        var page = Path.Combine(call.Plan.Folder, $"seed-{seed}.html");
        try
        {
            Directory.CreateDirectory(call.Plan.Folder);
            using var writer = new StreamWriter(page);
            SpaceTimeDiagram.Write(trace, writer);
            return page;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Error.WriteLine($"raft: {page} can't be written: {e.Message}");
            return null;
        }
    }
}

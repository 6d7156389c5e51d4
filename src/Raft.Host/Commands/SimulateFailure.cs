using Raft.Simulation;
using Raft.Simulation.Traces;
using Raft.Simulation.Workloads;

namespace Raft.Host.Commands;

/// <summary>A failed run.</summary>
/// <param name="Run">The result of the run.</param>
/// <param name="Command">The command that repeats it.</param>
/// <param name="Investigation">The smallest run that fails the same way; null if the failure was not investigated.</param>
/// <param name="Page">The page that shows it; null if there is none.</param>
internal sealed record SimulateFailure(
    RunResult Run, string Command, Investigation? Investigation = null, string? Page = null)
{
    /// <summary>The violated property.</summary>
    public Violation Violation => Run.Violation!;

    /// <summary>Searches for the smallest run that fails the same way and writes a page that shows it.</summary>
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
                $"raft: seed {run.Seed} did not fail again when it was repeated. Some code is not deterministic.");
            return new SimulateFailure(run, command);
        }
    }

    /// <summary>
    /// Writes the page. If the folder has become read-only since the start, the failure is reported all the same.
    /// </summary>
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

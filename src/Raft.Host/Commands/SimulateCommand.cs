using System.CommandLine;
using Raft.Host.Rendering;
using Raft.Simulation;
using Spectre.Console;

namespace Raft.Host.Commands;

/// <summary><c>raft simulate</c>: simulates clusters of the real actors in virtual time, one run per seed.</summary>
internal static class SimulateCommand
{
    private const int Violated = 1;
    private const int BadUsage = 2;

    /// <summary>Creates the command.</summary>
    public static Command Create() => Create(new SimulationOptions());

    /// <summary>Creates the command for another workload than the key-value store.</summary>
    /// <param name="standard">The defaults for everything that no option sets.</param>
    internal static Command Create(SimulationOptions standard)
    {
        var options = new SimulateOptions();
        var command = new Command(
            "simulate",
            "Simulate clusters of the real actors in virtual time, inject faults into networks, processes, disks and clocks, and "
            + "check every step. The same arguments give the same runs on any machine. The exit code is 1 if a property was "
            + "violated.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            SimulatePlan plan;
            try
            {
                plan = options.Plan(parsed, standard);
            }
            catch (FormatException e)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"raft: {Terminal.Printable(e.Message)}");
                return Task.FromResult(BadUsage);
            }

            var settings = parsed.InvocationConfiguration;
            var call = new SimulateCall(
                plan,
                parsed.GetValue(options.Json),
                parsed.GetValue(options.Stop),
                settings.Output,
                settings.Error,
                cancellationToken);

            // The runtime handles Ctrl-C only after this method has returned.
            return Task.Run(() => Run(call), CancellationToken.None);
        });
        return command;
    }

    private static int Run(SimulateCall call)
    {
        var report = call.Console is { } console
            ? console.Progress().Start(progress => Simulate(call, progress))
            : Simulate(call, progress: null);
        var failures = Failures(call, report);
        if (call.IsJson) SimulateJson.Write(call.Out, report, failures);
        else SimulateText.Write(call.Out, call.Plan, report, failures);
        return failures.Count == 0 ? 0 : Violated;
    }

    private static SimulationReport Simulate(SimulateCall call, ProgressContext? progress)
    {
        var bar = progress?.AddTask("simulating", maxValue: call.Plan.Seeds.Count);
        return call.Plan.Simulator.Run(
            call.Plan.Seeds, call.Plan.Parallelism, call.StopsAtFirst, _ => bar?.Increment(1), call.Cancellation);
    }

    private static List<SimulateFailure> Failures(SimulateCall call, SimulationReport report)
    {
        var failures = new List<SimulateFailure>();
        foreach (var run in report.Failures)
        {
            var isInvestigated = !call.StopsAtFirst && failures.Count < SimulatePlan.MaxInvestigations
                && !call.Cancellation.IsCancellationRequested;
            failures.Add(!isInvestigated ? new SimulateFailure(run, call.Plan.CommandFor(run.Seed))
                : call.Console is { } console ? console.Status().Start(
                    $"searching for the smallest failing run of seed {run.Seed}", _ => SimulateFailure.Investigate(call, run))
                : SimulateFailure.Investigate(call, run));
        }

        return failures;
    }
}

/// <summary>One invocation of the command.</summary>
/// <param name="Plan">What to simulate.</param>
/// <param name="IsJson">Whether <c>--json</c> is given.</param>
/// <param name="StopsAtFirst">Whether to stop at the first failure.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C.</param>
internal sealed record SimulateCall(
    SimulatePlan Plan, bool IsJson, bool StopsAtFirst, TextWriter Out, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>Standard error if it is a terminal, otherwise null.</summary>
    public IAnsiConsole? Console { get; } = !IsJson && new AnsiConsoleOutput(Error) is { IsTerminal: true } terminal
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = terminal })
        : null;
}

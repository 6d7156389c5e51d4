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
        var seeds = Text("--seeds", "RANGE", "1..1000", "Seeds to run, for example 42 or 1..1000.");
        var nodes = Text("--nodes", "N", "5", $"Number of nodes in each cluster. From 1 to {SimulationOptions.MaxNodes}.");
        var bootstrap = Text(
            "--bootstrap", "N", "0", "Number of nodes that bootstrap the cluster, more than half of all nodes; 0 for a fixed "
            + "member list.");
        var duration = Text("--duration", "TIME", "60s", "Virtual time during which faults are injected, for example 90s or 5m.");
        var faults = Text(
            "--faults", "LIST", "all", "all, none, or a comma-separated list of network, crash, disk, clock and operator.");
        var clients = Text("--clients", "N", "5", "Number of clients, each with one request in flight. From 1 to 1000.");
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for the pages that show failed runs, created on demand. Default: "
                + $"{SimulatePlan.DefaultFolder}.",
            HelpName = "DIR",
        };
        var parallel = Text("--parallel", "N", "0", $"Number of runs at a time. From 1 to {SimulatePlan.MaxParallelism}; 0 "
            + "uses all cores.");
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object." };
        var stop = new Option<bool>("--stop") { Description = "Stop at the first failure and do not investigate it." };
        var command = new Command(
            "simulate",
            "Simulate clusters of the real actors in virtual time, inject faults into networks, processes, disks and clocks, and "
            + "check every step. The same arguments give the same runs on any machine. The exit code is 1 if a property was "
            + "violated.")
        {
            seeds,
            nodes,
            bootstrap,
            duration,
            faults,
            clients,
            folder,
            parallel,
            json,
            stop,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            SimulatePlan plan;
            try
            {
                plan = SimulatePlan.Read(
                    parsed.GetRequiredValue(seeds),
                    parsed.GetRequiredValue(nodes),
                    parsed.GetRequiredValue(bootstrap),
                    parsed.GetRequiredValue(duration),
                    parsed.GetRequiredValue(faults),
                    parsed.GetRequiredValue(clients),
                    parsed.GetValue(folder),
                    parsed.GetRequiredValue(parallel),
                    standard);
            }
            catch (FormatException e)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"raft: {Terminal.Printable(e.Message)}");
                return Task.FromResult(BadUsage);
            }

            var settings = parsed.InvocationConfiguration;
            var call = new SimulateCall(
                plan, parsed.GetValue(json), parsed.GetValue(stop), settings.Output, settings.Error, cancellationToken);

            // The runtime handles Ctrl-C only after this method has returned.
            return Task.Run(() => Run(call), CancellationToken.None);
        });
        return command;
    }

    private static Option<string> Text(string name, string placeholder, string standard, string description) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        DefaultValueFactory = _ => standard,
    };

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

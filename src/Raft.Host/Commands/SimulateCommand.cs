using System.CommandLine;
using Raft.Host.Rendering;
using Raft.Simulation;
using Spectre.Console;

namespace Raft.Host.Commands;

/// <summary><c>raft simulate</c>: clusters of the real actors in virtual time, one run for each seed.</summary>
internal static class SimulateCommand
{
    private const int Violated = 1;
    private const int BadUsage = 2;

    /// <summary>Makes the command.</summary>
    public static Command Create() => Create(new SimulationOptions());

    /// <summary>Makes the command for another workload than the key-value store.</summary>
    /// <param name="standard">What is simulated where no option says otherwise.</param>
    internal static Command Create(SimulationOptions standard)
    {
        var seeds = Text("--seeds", "RANGE", "1..1000", "One run for each of these seeds, for example 42 or 1..1000.");
        var nodes = Text("--nodes", "N", "5", $"Nodes of each cluster. From 1 to {SimulationOptions.MaxNodes}.");
        var bootstrap = Text(
            "--bootstrap", "N", "0", "So many nodes found the cluster together; 0 for members that are fixed. More than half of all nodes.");
        var duration = Text("--duration", "TIME", "60s", "Virtual time of a run in which faults happen, for example 90s or 5m.");
        var faults = Text("--faults", "LIST", "all", "all, none, or some of network, crash, disk, clock and operator with commas between.");
        var clients = Text("--clients", "N", "5", "Clients, each with one request under way. From 1 to 1000.");
        var folder = new Option<string?>("--out")
        {
            Description = $"Folder for the pages that show what failed. Default: {SimulatePlan.DefaultFolder}, made when needed.",
            HelpName = "DIR",
        };
        var parallel = Text("--parallel", "N", "0", $"Runs at a time. From 1 to {SimulatePlan.MaxParallelism}; 0 takes all cores.");
        var json = new Option<bool>("--json") { Description = "For programs: prints one JSON object and nothing else." };
        var stop = new Option<bool>("--stop") { Description = "For scripts: stops at the first failure, and does not look into it." };
        var command = new Command(
            "simulate",
            "Simulates clusters: the real actors in virtual time, with faults of network, processes, disks and clocks, and "
            + "checks after every step. Equal arguments give equal runs, on any machine. Ends with 1 where a property was violated.")
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

            // Ctrl-C is heard only once this has returned.
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
                    $"looking for the smallest run of seed {run.Seed} that fails", _ => SimulateFailure.Investigate(call, run))
                : SimulateFailure.Investigate(call, run));
        }

        return failures;
    }
}

/// <summary>One call of the command.</summary>
/// <param name="Plan">What it is to do.</param>
/// <param name="IsJson">Whether to print for programs.</param>
/// <param name="StopsAtFirst">Whether to stop at the first failure.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record SimulateCall(
    SimulatePlan Plan, bool IsJson, bool StopsAtFirst, TextWriter Out, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>Standard error, where a person is looking at it; else null.</summary>
    public IAnsiConsole? Console { get; } = !IsJson && new AnsiConsoleOutput(Error) is { IsTerminal: true } terminal
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = terminal })
        : null;
}

using System.CommandLine;
using Raft.Simulation;

namespace Raft.Host.Commands;

/// <summary>The options of <c>raft simulate</c>.</summary>
internal sealed class SimulateOptions
{
    private readonly Option<string> _seeds =
        Text("--seeds", "RANGE", "1..1000", "Seeds to run, for example 42 or 1..1000.");

    private readonly Option<string> _nodes =
        Text("--nodes", "N", "5", $"Number of nodes in each cluster. From 1 to {SimulationOptions.MaxNodes}.");

    private readonly Option<string> _bootstrap = Text(
        "--bootstrap", "N", "0", "Number of nodes that bootstrap the cluster, more than half of all nodes; 0 for a fixed "
        + "member list.");

    private readonly Option<string> _duration =
        Text("--duration", "TIME", "60s", "Virtual time during which faults are injected, for example 90s or 5m.");

    private readonly Option<string> _faults = Text(
        "--faults", "LIST", "all", "all, none, or a comma-separated list of network, crash, disk, clock and operator.");

    private readonly Option<string> _clients =
        Text("--clients", "N", "5", "Number of clients, each with one request in flight. From 1 to 1000.");

    private readonly Option<string?> _folder = new("--out")
    {
        Description = $"Folder for the pages that show failed runs, created on demand. Default: {SimulatePlan.DefaultFolder}.",
        HelpName = "DIR",
    };

    private readonly Option<string> _parallel = Text(
        "--parallel", "N", "0", $"Number of runs at a time. From 1 to {SimulatePlan.MaxParallelism}; 0 uses all cores.");

    /// <summary>Whether the report is printed as JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print the report as one JSON object." };

    /// <summary>Whether the first failure ends the runs.</summary>
    public Option<bool> Stop { get; } =
        new("--stop") { Description = "Stop at the first failure and do not investigate it." };

    /// <summary>Adds all options to a command, in the order of its help text.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_seeds, _nodes, _bootstrap, _duration, _faults, _clients, _folder, _parallel, Json, Stop];
        foreach (var option in options) command.Add(option);
    }

    /// <summary>Returns what the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="standard">The defaults for everything that no option sets.</param>
    /// <exception cref="FormatException">An option is invalid; the message explains it.</exception>
    public SimulatePlan Plan(ParseResult parsed, SimulationOptions standard) => SimulatePlan.Read(
        parsed.GetRequiredValue(_seeds),
        parsed.GetRequiredValue(_nodes),
        parsed.GetRequiredValue(_bootstrap),
        parsed.GetRequiredValue(_duration),
        parsed.GetRequiredValue(_faults),
        parsed.GetRequiredValue(_clients),
        parsed.GetValue(_folder),
        parsed.GetRequiredValue(_parallel),
        standard);

    private static Option<string> Text(string name, string placeholder, string standard, string description) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        DefaultValueFactory = _ => standard,
    };
}

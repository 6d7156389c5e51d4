using System.CommandLine;
using Raft.Host.Commands;
using Raft.Simulation;

namespace Raft.Host.Tests.Commands;

/// <summary>Runs <c>raft simulate</c> in this process and captures its output.</summary>
internal static class SimulateRuns
{
    /// <summary>Simulates the key-value store.</summary>
    public static Task<CommandRun> RunAsync(params string[] args) => RunAsync(new SimulationOptions(), args);

    /// <summary>Simulates a state machine that violates a property.</summary>
    public static Task<CommandRun> FailAsync(params string[] args) =>
        RunAsync(new SimulationOptions { Workload = () => new SimulateWrong() }, args);

    /// <summary>Simulates with these options, which the command line overrides.</summary>
    public static async Task<CommandRun> RunAsync(
        SimulationOptions standard, string[] args, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand("raft") { SimulateCommand.Create(standard) }.Parse(["simulate", .. args]);
        var code = await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null }, cancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}

using System.CommandLine;
using Raft.Actors.Configuration;
using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Lighthouse.Hosting;

return await RaftProgram.RunAsync(args);

/// <summary>The <c>raft</c> program: parses its command line and runs the command.</summary>
internal static class RaftProgram
{
    private const int Failed = 1;
    private const int BadUsage = 2;
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(9.5);

    /// <returns>0: done; 1: it failed; 2: the command line or the configuration is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CommandLine().Parse(args.Length == 0 ? ["dev"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Run raft --help, or raft COMMAND --help, to see what there is.");
            return BadUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            });
        }
        catch (StartupException e)
        {
            return await FailAsync(e.Message, e is BadVariableException ? BadUsage : Failed);
        }
        catch (RaftConfigurationException e)
        {
            return await FailAsync(RaftKeys.NameVariables(e.Message), BadUsage);
        }
    }

    private static RootCommand CommandLine() => new(
        "Raft consensus on Akka.NET: a replicated key-value store. Without a command it runs raft dev.")
    {
        DevCommand.Create(),
        NodeCommand.Create(),
        GatewayCommand.Create(),
        StatusCommand.Create(),
        LogCommand.Create(),
        KeyValueCommands.Create(),
        TransferCommand.Create(),
        SnapshotCommand.Create(),
        BenchCommand.Create(),
        SimulateCommand.Create(),
    };

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync($"raft: {message}");
        return exitCode;
    }
}

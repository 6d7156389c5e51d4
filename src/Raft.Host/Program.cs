using System.CommandLine;
using Raft.Actors.Configuration;
using Raft.Host.Client;
using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Logging;

return await RaftProgram.RunAsync(args);

/// <summary>Entry point of the <c>raft</c> program: parses the command line and runs the command.</summary>
internal static class RaftProgram
{
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(9.5);

    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        MemoryEnd.Watch();
        try
        {
            return await RaftCommandLine.RunAsync(
                RaftCommandLine.Create(),
                args.Length == 0 ? ["dev"] : args,
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TerminationTimeout,
                });
        }
        catch (StartupException e)
        {
            return await FailAsync(
                e.Message, e is BadVariableException or AddressException ? ExitCode.BadUsage : ExitCode.Failed);
        }
        catch (RaftConfigurationException e)
        {
            return await FailAsync(RaftKeys.NameVariables(e.Message), ExitCode.BadUsage);
        }
        finally
        {
            ProgramLog.Close();
        }
    }

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync($"raft: {message}");
        return exitCode;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using Raft.Host.Client;

namespace Raft.Host.Commands;

/// <summary>The command line of <c>raft</c> with all its commands.</summary>
internal static class RaftCommandLine
{
    /// <summary>Disables response files: <c>@alice</c> is a value, not a file with further arguments.</summary>
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null };

    /// <summary>Creates the command line of this process.</summary>
    public static RootCommand Create() => Create(KeyValueCommands.Create());

    /// <summary>Creates the command line with a <c>kv</c> command that uses other streams.</summary>
    internal static RootCommand Create(Command keyValue)
    {
        var root = CreateRoot(keyValue);

        // Their Windows aliases could be keys and values.
        var help = root.Options.OfType<HelpOption>().Single().Aliases;
        foreach (var name in (string[])["/h", "/?"]) help.Remove(name);
        return root;
    }

    /// <summary>Parses a line as typed, without the name of the program.</summary>
    public static ParseResult Parse(RootCommand root, string line) => root.Parse(line, Literally);

    private static RootCommand CreateRoot(Command keyValue) => new(
        "Raft consensus on Akka.NET: a replicated key-value store. Without a command, raft runs raft dev.")
    {
        DevCommand.Create(),
        NodeCommand.Create(),
        GatewayCommand.Create(),
        StatusCommand.Create(),
        MembersCommand.Create(),
        LogCommand.Create(),
        keyValue,
        TransferCommand.Create(),
        SnapshotCommand.Create(),
        ActorsCommand.Create(),
        WatchCommand.Create(),
        DoctorCommand.Create(),
        BenchCommand.Create(),
        SimulateCommand.Create(),
        CompletionCommand.Create(Create),
    };

    /// <summary>Runs a command. If the command line is invalid, prints one line per error and does nothing else.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args, InvocationConfiguration configuration)
    {
        var parsed = root.Parse(args, Literally);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        foreach (var error in parsed.Errors) await configuration.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
        await configuration.Error.WriteLineAsync("Run raft --help or raft COMMAND --help for usage.").ConfigureAwait(false);
        return ExitCode.BadUsage;
    }
}

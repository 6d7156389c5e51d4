using System.CommandLine;
using System.CommandLine.Help;
using Raft.Host.Client;

namespace Raft.Host.Commands;

/// <summary>All commands of <c>raft</c>.</summary>
internal static class RaftCommandLine
{
    /// <summary>Every word stands for itself: <c>@alice</c> names no file with further words.</summary>
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null };

    /// <summary>The command line of this process.</summary>
    public static RootCommand Create() => Create(KeyValueCommands.Create());

    /// <summary>The command line with another <c>kv</c>, which has streams of its own.</summary>
    internal static RootCommand Create(Command keyValue)
    {
        var root = CreateRoot(keyValue);

        // Their names on Windows could be keys and values.
        var help = root.Options.OfType<HelpOption>().Single().Aliases;
        foreach (var name in (string[])["/h", "/?"]) help.Remove(name);
        return root;
    }

    /// <summary>Reads a line as it is typed, without the program's name.</summary>
    public static ParseResult Parse(RootCommand root, string line) => root.Parse(line, Literally);

    private static RootCommand CreateRoot(Command keyValue) => new(
        "Raft consensus on Akka.NET: a replicated key-value store. Without a command it runs raft dev.")
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

    /// <summary>Runs a command; one that is wrong is told in a line for each error, and nothing is done.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args, InvocationConfiguration configuration)
    {
        var parsed = root.Parse(args, Literally);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        foreach (var error in parsed.Errors) await configuration.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
        await configuration.Error.WriteLineAsync("Run raft --help, or raft COMMAND --help, to see what there is.").ConfigureAwait(false);
        return ExitCode.BadUsage;
    }
}

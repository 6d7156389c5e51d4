using System.CommandLine;
using System.Text;
using Raft.Host.Commands;
using Raft.Host.Tests.Http;

namespace Raft.Host.Tests.Commands;

/// <summary>Runs commands in this process and captures their output.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command against a node.</summary>
    public static Task<CommandRun> RunAsync(TestNode node, params string[] args) =>
        RunAsync([], [.. args, "--node", node.Url.ToString()]);

    /// <summary>Runs a command against a node, with standard input.</summary>
    public static Task<CommandRun> RunAsync(TestNode node, byte[] input, params string[] args) =>
        RunAsync(input, [.. args, "--node", node.Url.ToString()]);

    /// <summary>Runs a command unchanged.</summary>
    public static async Task<CommandRun> RunAsync(byte[] input, string[] args)
    {
        using var raw = new MemoryStream();
        var root = RaftCommandLine.Create(KeyValueCommands.Create(() => new MemoryStream(input), () => raw));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RaftCommandLine.RunAsync(
            root, args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new CommandRun(code, output.ToString() + Encoding.UTF8.GetString(raw.ToArray()), error.ToString());
    }
}

/// <param name="ExitCode">The exit code of the command.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

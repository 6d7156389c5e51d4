using System.CommandLine;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Client;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft kv</c>: reads and writes keys.</summary>
internal static class KeyValueCommands
{
    /// <summary>Creates the command with its subcommands get, put, delete and list.</summary>
    public static Command Create() => Create(Console.OpenStandardInput, Console.OpenStandardOutput);

    /// <summary>Creates the command with other streams than those of the process.</summary>
    /// <param name="openInput">Opens the stream from which <c>put KEY -</c> reads the value.</param>
    /// <param name="openOutput">Opens the stream to which <c>get</c> writes the value.</param>
    internal static Command Create(Func<Stream> openInput, Func<Stream> openOutput) =>
        new("kv", "Read and write keys.")
        {
            KeyValueRead.Create(openOutput),
            KeyValueWrite.CreatePut(openInput),
            KeyValueWrite.CreateDelete(),
            CreateList(),
        };

    /// <summary>Creates the argument KEY.</summary>
    internal static Argument<string> Key() => new("KEY") { Description = "The key; 1 to 1024 bytes of UTF-8." };

    /// <summary>Creates the option <c>--consistency</c>.</summary>
    internal static Option<string> Consistency() => ChoiceOption.Create(
        "--consistency",
        "'linearizable' reflects every write acknowledged before; 'follower' does too, and the contacted node answers from its "
        + "own state; 'lease' does too as long as no clock drifts too far; 'stale' returns the contacted node's state, which "
        + "may be behind.",
        ConsistencyName.All);

    /// <summary>Returns the path of a key in the API.</summary>
    /// <exception cref="CommandFailedException">The key can't be part of a URL.</exception>
    internal static string PathOf(string key) => key is "." or ".."
        ? throw new CommandFailedException($"the key '{key}' can't be used over HTTP, because every URL drops it.")
        : $"/api/kv/{Uri.EscapeDataString(key)}";

    private static ClientCommand CreateList()
    {
        var prefix = new Option<string>("--prefix")
        {
            Description = "List only keys that start with this text.",
            DefaultValueFactory = _ => "",
        };
        var limit = NumberOption.Create(
            "--limit", "Maximum number of keys to show.", ApiLimits.DefaultPage, min: 1, ApiLimits.MaxKeyPage);
        var cursor = new Option<string>("--cursor")
        {
            Description = "Continue a listing: the cursor that the previous page printed.",
            DefaultValueFactory = _ => "",
        };
        var consistency = Consistency();
        var command = new ClientCommand("list", "List keys in order, a page at a time.", "the response of /api/kv")
        {
            prefix, limit, cursor, consistency,
        };
        command.Does((call, cancellationToken) => ListAsync(
            call,
            $"/api/kv?prefix={Uri.EscapeDataString(call.Parsed.GetValue(prefix)!)}"
            + $"&limit={Readable.Number(call.Parsed.GetValue(limit))}"
            + $"&cursor={Uri.EscapeDataString(call.Parsed.GetValue(cursor)!)}"
            + $"&consistency={call.Parsed.GetValue(consistency)}",
            cancellationToken));
        return command;
    }

    private static async Task ListAsync(ClientCall call, string path, CancellationToken cancellationToken)
    {
        using var answer = await call.Api.ReadAsync(path, call.Error, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var page = call.Api.Parse<KeyPageAnswer>(text);
        await call.PrintAsync(page, text, KeyValueText.Write).ConfigureAwait(false);
        if (call.IsJson) return;
        if (page.Cursor is { } cursor)
            await call.Error.WriteLineAsync($"There are more keys. Continue with --cursor {cursor}").ConfigureAwait(false);
    }
}

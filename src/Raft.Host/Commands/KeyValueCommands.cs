using System.CommandLine;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft kv</c>: reads and writes keys.</summary>
internal static class KeyValueCommands
{
    /// <summary>Makes the command with its parts: get, put, delete, list.</summary>
    public static Command Create() => Create(Console.OpenStandardInput, Console.OpenStandardOutput);

    /// <summary>Makes the command for other streams than the process's.</summary>
    /// <param name="openInput">Where <c>put KEY -</c> reads the value.</param>
    /// <param name="openOutput">Where <c>get</c> writes the value.</param>
    internal static Command Create(Func<Stream> openInput, Func<Stream> openOutput) =>
        new("kv", "Read and write keys.")
        {
            KeyValueRead.Create(openOutput),
            KeyValueWrite.CreatePut(openInput),
            KeyValueWrite.CreateDelete(),
            CreateList(),
        };

    /// <summary>The argument KEY.</summary>
    internal static Argument<string> Key() => new("KEY") { Description = "The key; 1 to 1024 bytes of UTF-8." };

    /// <summary>The option that says how fresh an answer must be.</summary>
    internal static Option<string> Consistency() => ChoiceOption.Create(
        "--consistency",
        "'linearizable' reflects every write acknowledged before; 'follower' does too, and the asked node answers from its own "
        + "state; 'lease' does too as long as no clock is wrong; 'stale' is the asked node's own state, which may be behind.",
        ConsistencyName.All);

    /// <summary>The path of a key.</summary>
    /// <exception cref="CommandFailedException">No URL can name the key.</exception>
    internal static string PathOf(string key) => key is "." or ".."
        ? throw new CommandFailedException($"'{key}' can't be a key over HTTP, since every URL drops it.")
        : $"/api/kv/{Uri.EscapeDataString(key)}";

    private static ClientCommand CreateList()
    {
        var prefix = new Option<string>("--prefix")
        {
            Description = "Only keys that begin so.",
            DefaultValueFactory = _ => "",
        };
        var limit = NumberOption.Create(
            "--limit", "Keys to show, at the most.", ApiLimits.DefaultPage, min: 1, ApiLimits.MaxKeyPage);
        var cursor = new Option<string>("--cursor")
        {
            Description = "Where to go on, as the page before said.",
            DefaultValueFactory = _ => "",
        };
        var consistency = Consistency();
        var command = new ClientCommand("list", "List keys in order, a page at a time.", "the JSON of /api/kv")
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
            await call.Error.WriteLineAsync($"There are more keys: go on with --cursor {cursor}").ConfigureAwait(false);
    }
}

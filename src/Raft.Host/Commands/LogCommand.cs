using System.CommandLine;
using Raft.Host.Http;

namespace Raft.Host.Commands;

/// <summary><c>raft log</c>: entries of a node's log.</summary>
internal static class LogCommand
{
    private const int DefaultLimit = 20;
    private static readonly string[] Headings = ["#INDEX", "#TERM", "KIND", "#BYTES", "STATE", "COMMAND"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var from = PositionOption.Create("--from", "First index to show. Without it: the last entries of the log.");
        var limit = NumberOption.Create(
            "--limit", "Entries to show, at the most.", DefaultLimit, min: 1, ApiLimits.MaxLogPage);
        var command = new ClientCommand("log", "Show entries of a node's log.", "the JSON of /api/log") { from, limit };
        command.Does((call, cancellation) =>
            RunAsync(call, call.Parsed.GetValue(from), call.Parsed.GetValue(limit), cancellation));
        return command;
    }

    private static async Task RunAsync(ClientCall call, long? from, int limit, CancellationToken cancellation)
    {
        var first = from ?? await FirstOfLastAsync(call.Api, limit, cancellation).ConfigureAwait(false);
        var text = await call.Api.GetTextAsync(Path(first, limit), cancellation).ConfigureAwait(false);
        if (call.IsJson)
        {
            await call.Out.WriteLineAsync(text).ConfigureAwait(false);
            return;
        }

        var log = call.Api.Parse<LogAnswer>(text);
        if (first < log.FirstIndex)
        {
            await call.Out.WriteLineAsync($"a snapshot replaces the entries before {Terminal.Number(log.FirstIndex)}")
                .ConfigureAwait(false);
        }

        Terminal.WriteTable(call.Out, Headings, log.Entries.Select(e => (IsStressed: false, Row(e))));
        await call.Out.WriteLineAsync(
            $"last {log.LastIndex}, committed {log.CommitIndex}, applied {log.LastApplied}").ConfigureAwait(false);
    }

    private static async Task<long> FirstOfLastAsync(NodeApi api, int limit, CancellationToken cancellation)
    {
        var log = api.Parse<LogAnswer>(await api.GetTextAsync(Path(1, 1), cancellation).ConfigureAwait(false));
        return Math.Max(1, log.LastIndex - limit + 1);
    }

    private static string Path(long from, int limit) => FormattableString.Invariant($"/api/log?from={from}&limit={limit}");

    private static string[] Row(LogEntryAnswer entry) =>
    [
        Terminal.Number(entry.Index),
        Terminal.Number(entry.Term),
        entry.Kind,
        Terminal.Number(entry.Bytes),
        entry.Applied ? "applied" : entry.Committed ? "committed" : "appended",
        entry.Command ?? "",
    ];
}

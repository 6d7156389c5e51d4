using System.CommandLine;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Client;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft log</c>: shows entries of a node's log.</summary>
internal static class LogCommand
{
    private const int DefaultLimit = 20;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var from = PositionOption.Create("--from", "First index to show. Default: show the end of the log.");
        var limit = NumberOption.Create(
            "--limit", "Maximum number of entries to show.", DefaultLimit, min: 1, ApiLimits.MaxLogPage);
        var command = new ClientCommand("log", "Show entries of a node's log.", "the response of /api/log") { from, limit };
        command.Does((call, cancellationToken) =>
            RunAsync(call, call.Parsed.GetValue(from), call.Parsed.GetValue(limit), cancellationToken));
        return command;
    }

    private static async Task RunAsync(ClientCall call, long? from, int limit, CancellationToken cancellationToken)
    {
        var first = from ?? await FirstOfLastAsync(call.Api, limit, cancellationToken).ConfigureAwait(false);
        await call.ShowAsync<LogAnswer>(Path(first, limit), LogText.Write, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<long> FirstOfLastAsync(NodeApi api, int limit, CancellationToken cancellationToken)
    {
        var (log, _) = await api.GetAsync<LogAnswer>(Path(1, 1), cancellationToken).ConfigureAwait(false);
        return Math.Max(1, log.LastIndex - limit + 1);
    }

    private static string Path(long from, int limit) => FormattableString.Invariant($"/api/log?from={from}&limit={limit}");
}

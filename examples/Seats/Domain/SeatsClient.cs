using System.Text.Json;
using Raft.Actors.Clients;
using Raft.Actors.Protocol;

namespace Seats.Domain;

/// <summary>The group as the rest of the program sees it: typed commands and queries.</summary>
internal sealed class SeatsClient(IRaftClient client)
{
    /// <param name="command">The command.</param>
    /// <param name="key">Makes all commands with the same key one command; null for a command of its own.</param>
    /// <param name="cancellationToken">Stops waiting; the outcome is then unknown.</param>
    public async Task<SeatResult> ExecuteAsync(SeatCommand command, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(command, SeatJson.Default.SeatCommand);
        var applied = key is { } name
            ? await client.ProposeAsync(bytes, name, cancellationToken)
            : await client.ProposeAsync(bytes, cancellationToken);
        return JsonSerializer.Deserialize(applied.Result.Span, SeatJson.Default.SeatResult)!;
    }

    /// <summary>Gets a show, with every booking that was acknowledged before the call; null if there is no such show.</summary>
    public async Task<ShowState?> GetAsync(string show, CancellationToken cancellationToken)
    {
        var query = JsonSerializer.SerializeToUtf8Bytes(new GetShow(show), SeatJson.Default.GetShow);
        var answer = await client.QueryAsync(query, ReadConsistency.Linearizable, cancellationToken);
        return JsonSerializer.Deserialize(answer.Result.Span, SeatJson.Default.ShowState);
    }
}

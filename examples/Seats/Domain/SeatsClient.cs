using System.Text.Json;
using Raft.Actors.Clients;
using Raft.Actors.Protocol;

namespace Seats.Domain;

/// <summary>The group as the rest of the program sees it: typed commands and questions. It throws as RaftClient documents.</summary>
internal sealed class SeatsClient(RaftClient client)
{
    /// <param name="command">What to do.</param>
    /// <param name="key">Makes this command and all others with the same key one; null where each is its own.</param>
    /// <param name="cancellationToken">Ends the waiting; the outcome is then unknown.</param>
    public async Task<SeatResult> DoAsync(SeatCommand command, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(command, SeatJson.Default.SeatCommand);
        var applied = key is { } name
            ? await client.ProposeAsync(bytes, name, cancellationToken)
            : await client.ProposeAsync(bytes, cancellationToken);
        return JsonSerializer.Deserialize(applied.Result.Span, SeatJson.Default.SeatResult)!;
    }

    /// <summary>A show, with every booking that was acknowledged before the call.</summary>
    public async Task<ShowState?> GetAsync(string show, CancellationToken cancellationToken)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new GetShow(show), SeatJson.Default.GetShow);
        var answer = await client.QueryAsync(question, ReadConsistency.Linearizable, cancellationToken);
        return JsonSerializer.Deserialize(answer.Result.Span, SeatJson.Default.ShowState);
    }
}

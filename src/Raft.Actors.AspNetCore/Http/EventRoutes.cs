using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>Serves <c>/api/events</c>: live events of the group, as server-sent events.</summary>
/// <param name="group">The group.</param>
/// <param name="stopping">Cancelled when the API stops, which ends open streams.</param>
internal sealed class EventRoutes(Func<IRaftGroup> group, CancellationToken stopping)
{
    private int _streams;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", Follow)
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .Documented(EventDocument.Events);

    private IResult Follow(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method)) return Headers(context.Response);
        if (Interlocked.Increment(ref _streams) > ApiLimits.MaxEventStreams)
        {
            Interlocked.Decrement(ref _streams);
            throw new RequestProblemException(
                StatusCodes.Status503ServiceUnavailable,
                "Too many clients",
                $"This node already serves the limit of {ApiLimits.MaxEventStreams} event streams. Close some, or use another "
                + "node.");
        }

        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _streams);
            return Task.CompletedTask;
        });

        // A proxy that buffers the response would delay the events.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync());
    }

    private static EmptyHttpResult Headers(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        return TypedResults.Empty;
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await using var changes = group().Monitor.WatchAsync(ended.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(changes).ConfigureAwait(false)) yield return Describe(changes.Current);
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<MonitoringEvent> changes)
    {
        try
        {
            return await changes.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private SseItem<string> Describe(MonitoringEvent change) => change switch
    {
        GroupView seen => new(RaftJson.Text(ClusterEventAnswer.Of(group().Self?.Value, seen)), "cluster")
        {
            ReconnectionInterval = ApiLimits.EventRetry,
        },
        NodeChanged changed => new(RaftJson.Text(ClusterNodeAnswer.Of(changed.Node)), "node"),
        NodeTransition transition => new(RaftJson.Text(TransitionAnswer.Of(transition)), "transition"),
        ActivitySample sample => new(RaftJson.Text(SampleAnswer.Of(sample)), "sample"),
        _ => throw new InvalidOperationException($"{change.GetType()} is not an event of this API."),
    };
}

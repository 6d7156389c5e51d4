using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// Serves <c>/api/snapshot</c>, which makes a node take a snapshot. <c>?node=</c> selects a node. The default is the node of this
/// process, or the leader at a gateway.
/// </summary>
internal sealed class SnapshotRoutes(Func<IRaftGroup> group)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/snapshot", TakeAsync).Produces<SnapshotAnswer>().Documented(SnapshotDocument.Take);

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var node = QueryParameters.Node(request);
        var (taken, refused) = await group().TakeSnapshotAsync(ApiLimits.SnapshotTimeout, node).ConfigureAwait(false);
        return RaftJson.Answer(Answer(taken, refused));
    }

    /// <summary>Returns the response, or throws the problem that says why there is no snapshot.</summary>
    /// <exception cref="RequestProblemException">There is no snapshot.</exception>
    public static SnapshotAnswer Answer(SnapshotTaken? taken, SnapshotRefused? refused) => taken is null
        ? throw new RequestProblemException(
            StatusCodes.Status503ServiceUnavailable, "No snapshot", refused?.Reason ?? "The node sent an unknown response.")
        : new SnapshotAnswer(taken.NodeId.Value, taken.Index.Value, taken.Bytes);
}

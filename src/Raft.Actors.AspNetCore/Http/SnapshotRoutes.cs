using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// Serves <c>/api/snapshot</c>, which makes a node take a snapshot. <c>?node=</c> selects a node. The default is the node of this
/// process, or the leader at a gateway.
/// </summary>
internal sealed class SnapshotRoutes(Func<IRaftGroup> group)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/snapshot", TakeAsync).Produces<SnapshotAnswer>().Documented(SnapshotDocument.Take);

    private async Task<IResult> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var node = QueryParameters.Node(request);
        var taken = await group().TakeSnapshotAsync(ApiLimits.SnapshotTimeout, node, cancellationToken).ConfigureAwait(false);
        return RaftJson.Answer(SnapshotAnswer.Of(taken));
    }
}

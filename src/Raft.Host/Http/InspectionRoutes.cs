using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>
/// Serves <c>/api/status</c>, <c>/api/cluster</c> and <c>/api/log</c>. <c>?node=</c> selects a node. The default is the node of
/// this process, or the leader at a gateway.
/// </summary>
internal sealed class InspectionRoutes(IRaftGroup group)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", StatusAsync).Produces<StatusAnswer>().Documented(InspectionDocument.Status);
        routes.MapGet("/cluster", ClusterAsync).Produces<ClusterAnswer>().Documented(InspectionDocument.Cluster);
        routes.MapGet("/log", LogAsync).Produces<LogAnswer>().Documented(InspectionDocument.Log);
    }

    private async Task<IResult> StatusAsync(HttpRequest request)
    {
        var node = QueryParameters.Node(request);
        var (status, down) = await group.GetStatusAsync(ApiLimits.NodeTimeout, node).ConfigureAwait(false);
        return status is null ? throw RequestProblemException.NodeIsDown(down) : TypedResults.Ok(StatusAnswer.Of(status));
    }

    private async Task<IResult> ClusterAsync()
    {
        var nodes = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        return TypedResults.Ok(new ClusterAnswer(group.Self?.Value, [.. nodes.Select(ClusterNodeAnswer.Of)]));
    }

    private async Task<IResult> LogAsync(HttpRequest request)
    {
        var from = QueryParameters.Number(request, "from", otherwise: 1, min: 1, LogIndex.Limit.Value);
        var limit = QueryParameters.Number(request, "limit", ApiLimits.DefaultPage, min: 1, ApiLimits.MaxLogPage);
        var node = QueryParameters.Node(request);
        var (page, down) = await group.GetLogAsync(new LogIndex(from), (int)limit, ApiLimits.NodeTimeout, node).ConfigureAwait(false);
        if (page is null) throw RequestProblemException.NodeIsDown(down);
        return TypedResults.Ok(LogAnswer.Of(page));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.AspNetCore.Api;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Http;

/// <summary>
/// Serves <c>/api/status</c>, <c>/api/cluster</c>, <c>/api/members</c> and <c>/api/log</c>. <c>?node=</c> selects a node. The
/// default is the node of this process, or the leader at a gateway.
/// </summary>
/// <param name="group">Returns the group.</param>
/// <param name="describe">Describes a command of the log for people; null if it can't.</param>
internal sealed class InspectionRoutes(Func<IRaftGroup> group, Func<ReadOnlyMemory<byte>, string?> describe)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", StatusAsync).Produces<StatusAnswer>().Documented(InspectionDocument.Status);
        routes.MapGet("/cluster", ClusterAsync).Produces<ClusterAnswer>().Documented(InspectionDocument.Cluster);
        routes.MapGet("/members", MembersAsync).Produces<MembersAnswer>().Documented(InspectionDocument.Members);
        routes.MapGet("/log", LogAsync).Produces<LogAnswer>().Documented(InspectionDocument.Log);
    }

    private async Task<IResult> StatusAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var node = QueryParameters.Node(request);
        var status = await group().GetStatusAsync(ApiLimits.NodeTimeout, node, cancellationToken).ConfigureAwait(false);
        return RaftJson.Answer(StatusAnswer.Of(status));
    }

    private async Task<IResult> ClusterAsync(CancellationToken cancellationToken)
    {
        var nodes = await group().GetClusterAsync(ApiLimits.MemberTimeout, cancellationToken).ConfigureAwait(false);
        return RaftJson.Answer(new ClusterAnswer(group().Self?.Value, [.. nodes.Select(ClusterNodeAnswer.Of)]));
    }

    private async Task<IResult> MembersAsync(CancellationToken cancellationToken)
    {
        var seen = await group().GetClusterAsync(ApiLimits.MemberTimeout, cancellationToken).ConfigureAwait(false);
        return RaftJson.Answer(MembersView.Of(group().Self, seen, AkkaView.Of(group().Inspection.System)));
    }

    private async Task<IResult> LogAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var from = QueryParameters.Number(request, "from", otherwise: 1, min: 1, LogIndex.Limit.Value);
        var limit = QueryParameters.Number(request, "limit", ApiLimits.DefaultPage, min: 1, ApiLimits.MaxLogPage);
        var node = QueryParameters.Node(request);
        var page = await group().GetLogAsync(new LogIndex(from), (int)limit, ApiLimits.NodeTimeout, node, cancellationToken)
            .ConfigureAwait(false);
        return RaftJson.Answer(LogAnswer.Of(page, describe));
    }
}

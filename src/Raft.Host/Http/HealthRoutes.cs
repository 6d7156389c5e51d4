using Raft.Actors.Hosting;
using Raft.Actors.Protocol;

namespace Raft.Host.Http;

/// <summary>
/// <c>/health/live</c> and <c>/health/ready</c>. Live: the node has not stopped for good. Ready: the node takes part
/// and can answer reads. A gateway is live as long as it answers, and ready while the group has a leader.
/// </summary>
internal sealed class HealthRoutes(IRaftGroup group)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", LiveAsync).Produces<HealthAnswer>().Documented(InspectionDocument.Live);
        routes.MapGet("/health/ready", ReadyAsync).Produces<HealthAnswer>().Documented(InspectionDocument.Ready);
    }

    private async Task<IResult> LiveAsync()
    {
        try
        {
            var (_, down) = await group.GetStatusAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
            if (down is { IsHalted: true }) throw RequestProblemException.NodeIsDown(down);
        }
        catch (NoAnswerException)
        {
            // A silent node may be reading a long journal, and a group may have no leader: no reason to kill anything.
        }

        return TypedResults.Ok(new HealthAnswer("live"));
    }

    private async Task<IResult> ReadyAsync()
    {
        var (status, down) = await group.GetStatusAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        if (status is null) throw RequestProblemException.NodeIsDown(down);
        if (status.LeaderId is null)
            throw NotReady($"{status.NodeId} knows no leader in term {status.Term}; a majority of the members must be up.");
        if (status.LastApplied == LogIndex.Zero)
            throw NotReady($"{status.NodeId} follows {status.LeaderId} and has not applied any entry yet.");
        return TypedResults.Ok(new HealthAnswer("ready"));
    }

    private static RequestProblemException NotReady(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "Not ready", detail);
}

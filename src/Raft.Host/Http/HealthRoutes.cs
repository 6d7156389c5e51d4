using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>
/// <c>/health/live</c> and <c>/health/ready</c>. Live: the node has not stopped for good, and it and Akka.Remote are not dead. Ready: the node takes part
/// and can answer reads; else the answer has every reason why not. A gateway is live as long as Akka.Remote is, and ready while
/// the group has a leader.
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
        if (await group.Inspection.WhyDeadAsync().ConfigureAwait(false) is { } why)
            throw new RequestProblemException(StatusCodes.Status503ServiceUnavailable, "Dead", $"{why} Only a new process helps.");
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
        if (Readiness.IsReady(status)) return TypedResults.Ok(new HealthAnswer("ready"));
        var seen = await group.GetClusterAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
        throw new RequestProblemException(
            StatusCodes.Status503ServiceUnavailable, "Not ready", string.Join(' ', Readiness.Reasons(status, seen)));
    }
}

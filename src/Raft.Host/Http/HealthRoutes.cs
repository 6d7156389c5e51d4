using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Host.Answers;
using Raft.Host.Api;

namespace Raft.Host.Http;

/// <summary>
/// Serves <c>/health/live</c> and <c>/health/ready</c>. A node is live unless it has halted or its process is dead. It is ready
/// if it takes part and can answer reads; otherwise the response lists every reason why not. A gateway is live as long as
/// Akka.Remote runs, and ready while the group has a leader.
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
            throw new RequestProblemException(
                StatusCodes.Status503ServiceUnavailable, "Dead", $"{why} The process must be restarted.");
        try
        {
            var (_, down) = await group.GetStatusAsync(ApiLimits.MemberTimeout).ConfigureAwait(false);
            if (down is { IsHalted: true }) throw RequestProblemException.NodeIsDown(down);
        }
        catch (NoAnswerException)
        {
            // A silent node may be reading a long journal, and a group may have no leader. Neither justifies killing the process.
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

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;

namespace Raft.Actors.Hosting;

/// <summary>
/// The health of a process of a group. A node is live unless it has halted or its process is dead. It is ready if it can answer
/// queries (<see cref="Readiness"/>). A gateway is live as long as Akka.Remote runs, and ready while the group has a leader.
/// </summary>
internal static class RaftHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Checks whether the process must be restarted. A silent node may be reading a long journal, and a group may have no leader.
    /// Neither justifies killing the process.
    /// </summary>
    public static async Task<HealthCheckResult> LiveAsync(IRaftGroup group, CancellationToken cancellationToken)
    {
        if (await group.Inspection.FindFatalProblemAsync(cancellationToken).ConfigureAwait(false) is { } why)
            return HealthCheckResult.Unhealthy($"{why} The process must be restarted.");
        try
        {
            await group.GetStatusAsync(Patience, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDownException e) when (e.Down.IsHalted)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (RaftGroupException)
        {
            // The node starts or is busy, or a gateway finds no leader.
        }

        return HealthCheckResult.Healthy();
    }

    /// <summary>Checks whether the process can serve requests; the result lists every reason why not.</summary>
    public static async Task<HealthCheckResult> ReadyAsync(IRaftGroup group, CancellationToken cancellationToken)
    {
        try
        {
            var status = await group.GetStatusAsync(Patience, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (Readiness.IsReady(status))
                return HealthCheckResult.Healthy($"{status.NodeId} is {status.Role} in term {status.Term}.");
            var seen = await group.GetClusterAsync(Patience, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Unhealthy(string.Join(' ', Readiness.Reasons(status, seen)));
        }
        catch (RaftGroupException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}

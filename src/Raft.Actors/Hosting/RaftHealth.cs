using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>
/// The health of a process of a group. A node is live unless it has halted or its process is dead. It is ready if it takes part and
/// can answer reads (<see cref="Readiness"/>). A gateway is live as long as Akka.Remote runs, and ready while the group has a leader.
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
        if (await group.Inspection.WhyDeadAsync().WaitAsync(cancellationToken).ConfigureAwait(false) is { } why)
            return HealthCheckResult.Unhealthy($"{why} The process must be restarted.");
        var (_, down, _) = await AskAsync(group, cancellationToken).ConfigureAwait(false);
        return down is { IsHalted: true } ? HealthCheckResult.Unhealthy(WhyNoPart(down)) : HealthCheckResult.Healthy();
    }

    /// <summary>Checks whether the process can serve requests; the result lists every reason why not.</summary>
    public static async Task<HealthCheckResult> ReadyAsync(IRaftGroup group, CancellationToken cancellationToken)
    {
        var (status, down, silence) = await AskAsync(group, cancellationToken).ConfigureAwait(false);
        if (down is not null) return HealthCheckResult.Unhealthy(WhyNoPart(down));
        if (status is null) return HealthCheckResult.Unhealthy(silence ?? "The node is down and gave no reason.");
        if (Readiness.IsReady(status))
            return HealthCheckResult.Healthy($"{status.NodeId} is {status.Role} in term {status.Term}.");
        var seen = await group.GetClusterAsync(Patience).WaitAsync(cancellationToken).ConfigureAwait(false);
        return HealthCheckResult.Unhealthy(string.Join(' ', Readiness.Reasons(status, seen)));
    }

    private static string WhyNoPart(NodeDown down) => $"{down.NodeId} is unavailable: {down.Reason.TrimEnd('.')}.";

    private static async Task<(NodeStatus? Status, NodeDown? Down, string? Silence)> AskAsync(
        IRaftGroup group, CancellationToken cancellationToken)
    {
        try
        {
            var (status, down) = await group.GetStatusAsync(Patience).WaitAsync(cancellationToken).ConfigureAwait(false);
            return (status, down, null);
        }
        catch (NoAnswerException e)
        {
            return (null, null, e.Message);
        }
    }
}

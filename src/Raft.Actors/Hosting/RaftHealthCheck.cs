using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>
/// Health checks of a group. Live: its node has not stopped for good, and it and Akka.Remote are not dead. Ready: its node takes part and can answer reads
/// (<see cref="Readiness"/>).
/// </summary>
internal sealed class RaftHealthCheck : IAkkaHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly GroupId _group;
    private readonly Func<RaftGroup, NodeStatus?, NodeDown?, Task<HealthCheckResult>> _judge;

    private RaftHealthCheck(GroupId group, Func<RaftGroup, NodeStatus?, NodeDown?, Task<HealthCheckResult>> judge)
    {
        _group = group;
        _judge = judge;
    }

    public static AkkaHealthCheckRegistration Live(GroupId group) => new(
        $"raft.{group}.live", new RaftHealthCheck(group, JudgeLifeAsync), HealthStatus.Unhealthy, ["akka", "raft", "liveness"]);

    public static AkkaHealthCheckRegistration Ready(GroupId group) => new(
        $"raft.{group}.ready", new RaftHealthCheck(group, JudgeReadinessAsync), HealthStatus.Unhealthy, ["akka", "raft", "ready"]);

    /// <summary>Asks the node. One that is silent may be reading a long journal.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(AkkaHealthCheckContext context, CancellationToken cancellationToken)
    {
        var group = RaftGroups.For(context.ActorSystem).Group(_group.Value);
        var (status, down) = await AskAsync(group, cancellationToken).ConfigureAwait(false);
        return await _judge(group, status, down).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(NodeStatus? Status, NodeDown? Down)> AskAsync(RaftGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await group.GetStatusAsync(Patience).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NoAnswerException)
        {
            return default;
        }
    }

    /// <summary>A silent node may be reading a long journal: no reason to kill anything. One that is dead is.</summary>
    private static async Task<HealthCheckResult> JudgeLifeAsync(RaftGroup group, NodeStatus? status, NodeDown? down)
    {
        if (down is { IsHalted: true }) return HealthCheckResult.Unhealthy($"{down.NodeId} halted: {down.Reason}");
        return await group.Inspection.WhyDeadAsync().ConfigureAwait(false) is { } why
            ? HealthCheckResult.Unhealthy(why)
            : HealthCheckResult.Healthy();
    }

    private static async Task<HealthCheckResult> JudgeReadinessAsync(RaftGroup group, NodeStatus? status, NodeDown? down)
    {
        if (down is not null) return HealthCheckResult.Unhealthy($"{down.NodeId} is unavailable: {down.Reason}");
        if (status is null) return HealthCheckResult.Unhealthy("The node does not answer; it is starting or has too much to do.");
        if (Readiness.IsReady(status)) return HealthCheckResult.Healthy($"{status.NodeId} is {status.Role} in term {status.Term}.");
        var seen = await group.GetClusterAsync(Patience).ConfigureAwait(false);
        return HealthCheckResult.Unhealthy(string.Join(' ', Readiness.Reasons(status, seen)));
    }
}

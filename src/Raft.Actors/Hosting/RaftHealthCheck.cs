using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>
/// Health checks of a group. Live: its node has not stopped for good. Ready: its node takes part, knows a leader and has
/// applied entries.
/// </summary>
internal sealed class RaftHealthCheck : IAkkaHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly GroupId _group;
    private readonly Func<NodeStatus?, NodeDown?, HealthCheckResult> _judge;

    private RaftHealthCheck(GroupId group, Func<NodeStatus?, NodeDown?, HealthCheckResult> judge)
    {
        _group = group;
        _judge = judge;
    }

    public static AkkaHealthCheckRegistration Live(GroupId group) => new(
        $"raft.{group}.live", new RaftHealthCheck(group, JudgeLife), HealthStatus.Unhealthy, ["akka", "raft", "liveness"]);

    public static AkkaHealthCheckRegistration Ready(GroupId group) => new(
        $"raft.{group}.ready", new RaftHealthCheck(group, JudgeReadiness), HealthStatus.Unhealthy, ["akka", "raft", "ready"]);

    /// <summary>Asks the node. One that is silent may be reading a long journal.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(AkkaHealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var group = RaftGroups.For(context.ActorSystem).Group(_group.Value);
            var (status, down) = await group.GetStatusAsync(Patience).WaitAsync(cancellationToken).ConfigureAwait(false);
            return _judge(status, down);
        }
        catch (NoAnswerException)
        {
            return _judge(null, null);
        }
    }

    /// <summary>A silent node may be reading a long journal: no reason to kill anything.</summary>
    private static HealthCheckResult JudgeLife(NodeStatus? status, NodeDown? down) => down is { IsHalted: true }
        ? HealthCheckResult.Unhealthy($"{down.NodeId} halted: {down.Reason}")
        : HealthCheckResult.Healthy();

    private static HealthCheckResult JudgeReadiness(NodeStatus? status, NodeDown? down) => (status, down) switch
    {
        (_, { } absent) => HealthCheckResult.Unhealthy($"{absent.NodeId} takes no part: {absent.Reason}"),
        (null, _) => HealthCheckResult.Unhealthy("The node does not answer; it is starting or has too much to do."),
        ({ LeaderId: null } lonely, _) => HealthCheckResult.Unhealthy(
            $"{lonely.NodeId} knows no leader in term {lonely.Term}; a majority of the members must be up."),
        ({ } fresh, _) when fresh.LastApplied == LogIndex.Zero => HealthCheckResult.Unhealthy(
            $"{fresh.NodeId} follows {fresh.LeaderId} and has not applied any entry yet."),
        ({ } ready, _) => HealthCheckResult.Healthy($"{ready.NodeId} is {ready.Role} in term {ready.Term}."),
    };
}

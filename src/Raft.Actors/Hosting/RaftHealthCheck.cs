using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;

namespace Raft.Actors.Hosting;

/// <summary>Exposes the <see cref="RaftHealth"/> of a group as a health check of Akka.Hosting.</summary>
internal sealed class RaftHealthCheck : IAkkaHealthCheck
{
    private readonly GroupId _group;
    private readonly Func<IRaftGroup, CancellationToken, Task<HealthCheckResult>> _check;

    private RaftHealthCheck(GroupId group, Func<IRaftGroup, CancellationToken, Task<HealthCheckResult>> check)
    {
        _group = group;
        _check = check;
    }

    public static AkkaHealthCheckRegistration Live(GroupId group) =>
        Of($"raft.{group}.live", "liveness", new RaftHealthCheck(group, RaftHealth.LiveAsync));

    public static AkkaHealthCheckRegistration Ready(GroupId group) =>
        Of($"raft.{group}.ready", "ready", new RaftHealthCheck(group, RaftHealth.ReadyAsync));

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(AkkaHealthCheckContext context, CancellationToken cancellationToken) =>
        _check(RaftGroups.Get(context.ActorSystem).GetGroup(_group.Value), cancellationToken);

    private static AkkaHealthCheckRegistration Of(string name, string tag, RaftHealthCheck check) =>
        new(name, check, HealthStatus.Unhealthy, ["akka", "raft", tag]);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.Groups;
using Raft.Actors.Hosting;

namespace Raft.Actors.AspNetCore.Health;

/// <summary>
/// The health checks of the process's <see cref="IRaftGroup"/>, for a process without Akka.Hosting, where <c>WithRaft</c>
/// registers the same checks.
/// </summary>
internal static class GroupHealthCheck
{
    /// <summary>Registers both checks.</summary>
    public static IHealthChecksBuilder AddRaft(this IHealthChecksBuilder checks) => checks
        .Add(Of("raft.live", RaftHealth.LiveAsync, HealthRoutes.LiveTag))
        .Add(Of("raft.ready", RaftHealth.ReadyAsync, HealthRoutes.ReadyTag));

    private static HealthCheckRegistration Of(
        string name, Func<IRaftGroup, CancellationToken, Task<HealthCheckResult>> check, string tag) => new(
        name,
        services => new Check(services.GetRequiredService<IRaftGroup>(), check),
        HealthStatus.Unhealthy,
        [tag]);

    private sealed class Check(
        IRaftGroup group, Func<IRaftGroup, CancellationToken, Task<HealthCheckResult>> check) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) => check(group, cancellationToken);
    }
}

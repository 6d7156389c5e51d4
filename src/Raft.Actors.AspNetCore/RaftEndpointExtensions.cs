using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Raft.Actors.AspNetCore.Dashboard;
using Raft.Actors.AspNetCore.Health;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Actors.AspNetCore;

/// <summary>Maps the HTTP API, the dashboard and the health endpoints of Raft groups.</summary>
public static class RaftEndpointExtensions
{
    private const string HowToList = "list the name in RaftEndpointOptions.Hosts";

    /// <summary>
    /// Maps the API of a Raft group below <c>PATTERN/api</c>, and its dashboard at the pattern. The endpoints need no other
    /// middleware: they answer failures with problem details (RFC 9457) and reject requests of other sites' web pages.
    /// </summary>
    /// <remarks>
    /// By default the endpoints change nothing, but everyone who reaches them can read addresses and, with a key-value store,
    /// keys. <c>AddRaftGroups</c> provides the group, which the first request starts if it is not running.
    /// </remarks>
    /// <example>
    /// <code>
    /// app.MapRaft("/raft", options =&gt; options.AllowChanges = true).RequireAuthorization("operators");
    /// </code>
    /// </example>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path of the dashboard and the API. Each group needs its own.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>A builder that adds conventions, such as authorization, to all endpoints.</returns>
    /// <exception cref="InvalidOperationException"><c>AddRaftGroups</c> was not called.</exception>
    public static IEndpointConventionBuilder MapRaft(
        this IEndpointRouteBuilder endpoints, string pattern = "/raft", Action<RaftEndpointOptions>? configure = null)
    {
        var options = new RaftEndpointOptions();
        configure?.Invoke(options);
        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IRaftGroup)) == false)
            throw new InvalidOperationException(
                "MapRaft finds no Raft group: call builder.Services.AddRaftGroups() before builder.Build().");

        var group = endpoints.MapGroup(pattern)
            .WithOriginGuard(new OriginGuard([.. options.Hosts], HowToList))
            .WithKnownProblems();
        new RaftRoutes
        {
            Group = () => Find<IRaftGroup>(services, options.Group),
            Store = options.IsKeyValueStore ? () => new KeyValueClient(Find<IRaftClient>(services, options.Group)) : null,
            AllowChanges = options.AllowChanges,
        }.Map(group.MapGroup(DashboardPage.StandardApi));
        if (options.Dashboard) DashboardRoutes.Map(group, new DashboardPage());
        return group;
    }

    /// <summary>
    /// Maps <c>PATTERN/live</c> and <c>PATTERN/ready</c>: the health checks with the tags <c>liveness</c> and <c>ready</c>,
    /// including those of <c>WithRaft</c>. They answer 200, or 503 with problem details that list the reasons.
    /// </summary>
    /// <param name="endpoints">The application, with the services of <c>AddHealthChecks</c>.</param>
    /// <param name="pattern">The path before <c>/live</c> and <c>/ready</c>.</param>
    /// <returns>A builder that adds conventions to both endpoints.</returns>
    public static IEndpointConventionBuilder MapRaftHealthChecks(this IEndpointRouteBuilder endpoints, string pattern = "/health")
    {
        var group = endpoints.MapGroup(pattern);
        HealthRoutes.Map(group);
        return group;
    }

    private static T Find<T>(IServiceProvider services, string? name)
        where T : notnull =>
        name is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(name);
}

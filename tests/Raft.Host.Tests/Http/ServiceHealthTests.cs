using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Raft.Actors.AspNetCore;
using Raft.Actors.Clients;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>Health checks and failures of a service that embeds a group.</summary>
public sealed class ServiceHealthTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task A_health_endpoint_has_the_checks_of_its_tag_and_says_which_of_several_failed()
    {
        await using var service = await TestService.StartAsync(_node, app => app.MapRaftHealthChecks(), services => services
            .AddHealthChecks()
            .AddCheck("disk", () => HealthCheckResult.Unhealthy("It is full."), ["ready"])
            .AddCheck("database", () => HealthCheckResult.Unhealthy("It is away."), ["ready"])
            .AddCheck("process", () => HealthCheckResult.Healthy(), ["liveness"]));

        using var ready = await service.Http.GetAsync("/health/ready");

        Assert.Equal("live", (await service.GetJsonAsync("/health/live")).GetProperty("status").GetString());
        Assert.Equal("disk: It is full. database: It is away.", await Problems.DetailOf(ready, 503));
        Assert.Equal(TimeSpan.FromSeconds(1), ready.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task What_a_client_throws_in_a_route_of_the_service_is_a_problem_and_a_defect_stays_one()
    {
        await using var service = await TestService.StartAsync(
            _node,
            app =>
            {
                app.UseExceptionHandler();
                app.MapGet("/busy", string () => throw new OverloadedException("It has enough to do."));
                app.MapGet("/broken", string () => throw new FormatException("A defect."));
            },
            services => services.AddRaftProblemDetails());

        using var busy = await service.Http.GetAsync("/busy");
        using var broken = await service.Http.GetAsync("/broken");

        Assert.Equal("It has enough to do.", await Problems.DetailOf(busy, 429));
        Assert.Equal(TimeSpan.FromSeconds(1), busy.Headers.RetryAfter?.Delta);
        Assert.Equal(500, (int)broken.StatusCode);
    }
}

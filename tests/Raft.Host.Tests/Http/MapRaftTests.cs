using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Raft.Actors.AspNetCore;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary><c>app.MapRaft()</c> in a service that embeds a group.</summary>
public sealed class MapRaftTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task The_API_and_the_dashboard_are_below_the_pattern_and_change_nothing()
    {
        await using var service = await TestService.StartAsync(_node, app => app.MapRaft());

        Assert.Equal("n1", (await service.GetJsonAsync("/raft/api/status")).GetProperty("nodeId").GetString());
        Assert.Contains(
            "content=\"GET cluster,GET events,GET log,GET members,GET status\"",
            await service.Http.GetStringAsync("/raft/"),
            StringComparison.Ordinal);
        foreach (var path in new[] { "/raft/api/snapshot", "/raft/api/leadership/transfer", "/raft/api/kv/x" })
        {
            using var change = await service.Http.PostAsJsonAsync(path, new { });
            Assert.Equal((path, HttpStatusCode.NotFound), (path, change.StatusCode));
        }
    }

    [Fact]
    public async Task What_changes_something_is_there_where_the_service_allows_it()
    {
        await using var service = await TestService.StartAsync(
            _node, app => app.MapRaft(configure: options => options.AllowChanges = true));

        using var snapshot = await service.Http.PostAsJsonAsync("/raft/api/snapshot", new { });

        Assert.Equal(HttpStatusCode.OK, snapshot.StatusCode);
        Assert.Contains(
            "POST leadership/transfer,POST snapshot", await service.Http.GetStringAsync("/raft/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_there_where_the_state_machine_is_the_key_value_store()
    {
        await _node.PutAsync("/api/kv/seen", "x");
        await using var service = await TestService.StartAsync(_node, app =>
        {
            app.MapRaft("/keys", options => options.IsKeyValueStore = true);
            app.MapRaft("/bytes");
        });

        Assert.Equal("x", await service.Http.GetStringAsync("/keys/api/kv/seen"));
        Assert.Contains("put seen", await service.Http.GetStringAsync("/keys/api/log?limit=1000"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "put seen", await service.Http.GetStringAsync("/bytes/api/log?limit=1000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboard_works_below_any_path()
    {
        await using var service = await TestService.StartAsync(_node, app =>
        {
            app.UsePathBase("/proxy");
            app.UseRouting();
            app.MapRaft("/ops/raft");
        });

        using var page = await service.Http.GetAsync("/proxy/ops/raft");
        using var script = await service.Http.GetAsync("/proxy/ops/raft/page/js/main.js");

        Assert.Equal("/proxy/ops/raft/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("name=\"raft-api\" content=\"api\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("<!--raft-", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Without_a_dashboard_there_is_the_API_alone()
    {
        await using var service = await TestService.StartAsync(
            _node, app => app.MapRaft(configure: options => options.Dashboard = false));

        using var page = await service.Http.GetAsync("/raft/");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("n1", (await service.GetJsonAsync("/raft/api/status")).GetProperty("nodeId").GetString());
    }

    [Theory]
    [InlineData("/raft/")]
    [InlineData("/raft/page/js/main.js")]
    [InlineData("/raft/api/status")]
    public async Task A_name_that_is_not_listed_is_answered_nothing(string path)
    {
        await using var service = await TestService.StartAsync(
            _node, app => app.MapRaft(configure: options => options.Hosts.Add("*.example.com")));

        using var unknown = await service.SendAsync(HttpMethod.Get, path, ("Host", "evil.example"));
        using var listed = await service.SendAsync(HttpMethod.Get, path, ("Host", "shop.example.com"));

        Assert.Contains("RaftEndpointOptions.Hosts", await Problems.DetailOf(unknown, 421), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal("nosniff", Assert.Single(listed.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing_and_a_form_neither()
    {
        await using var service = await TestService.StartAsync(
            _node, app => app.MapRaft(configure: options => options.AllowChanges = true));

        using var foreign = await service.SendAsync(HttpMethod.Post, "/raft/api/snapshot", ("Origin", "http://evil.example"));
        using var form = await service.SendAsync(HttpMethod.Post, "/raft/api/snapshot");

        await Problems.DetailOf(foreign, 403);
        await Problems.DetailOf(form, 415);
    }

    [Fact]
    public async Task Its_conventions_hold_for_every_endpoint()
    {
        await using var service = await TestService.StartAsync(_node, app => app.MapRaft().RequireAuthorization());

        Assert.All(service.Routes, route => Assert.NotNull(route.Metadata.GetMetadata<IAuthorizeData>()));
        Assert.Contains(service.Routes, route => route.RoutePattern.RawText == "/raft/api/status");
    }

    [Fact]
    public async Task The_answers_are_written_as_the_page_reads_them_whatever_the_service_writes()
    {
        await using var service = await TestService.StartAsync(
            _node,
            app => app.MapRaft(),
            services => services.ConfigureHttpJsonOptions(
                json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper));

        Assert.Equal("n1", (await service.GetJsonAsync("/raft/api/status")).GetProperty("nodeId").GetString());
    }

    [Fact]
    public async Task A_failure_is_a_problem_without_any_middleware_of_the_service()
    {
        await using var service = await TestService.StartAsync(_node, app => app.MapRaft());

        using var answer = await service.Http.GetAsync("/raft/api/status?node=n9");

        Assert.Contains("n9", await Problems.DetailOf(answer, 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_a_group_is_told_what_to_call()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();

        var failure = Assert.Throws<InvalidOperationException>(() => app.MapRaft());

        Assert.Contains("AddRaftGroups", failure.Message, StringComparison.Ordinal);
    }
}

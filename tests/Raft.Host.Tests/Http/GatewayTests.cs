using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Api;
using Raft.Host.Hosting;
using Raft.Host.Tests.Commands;
using Raft.Programs.Addresses;
using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>A real gateway in front of three real nodes, which it finds through the Akka cluster.</summary>
public sealed class GatewayTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>, IAsyncLifetime
{
    private const string Hasty = "raft.client { request-timeout = 300ms, search-after = 100ms, failover-after = 200ms }";

    private readonly ThreeNodes _nodes = nodes;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await StartAsync(_nodes.Seed);
        while ((await ClusterAsync()).Count(n => n.GetProperty("reachable").GetBoolean()) < 3)
        {
            // The gateway has not joined yet.
        }
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Its_status_and_log_are_those_of_the_leader()
    {
        var leader = await _nodes.LeaderAsync();

        var status = await GetAsync("/api/status");
        var log = await GetAsync("/api/log");
        using var ready = await _nodes.Http.GetAsync($"{_gateway.Url}/health/ready");

        Assert.Equal(leader, status.GetProperty("nodeId").GetString());
        Assert.Equal("leader", status.GetProperty("role").GetString());
        Assert.NotEmpty(log.GetProperty("entries").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Theory]
    [InlineData("n1")]
    [InlineData("n2")]
    [InlineData("n3")]
    public async Task It_asks_the_node_that_is_named(string node)
    {
        Assert.Equal(node, (await GetAsync($"/api/status?node={node}")).GetProperty("nodeId").GetString());
        Assert.NotEmpty((await GetAsync($"/api/log?node={node}")).GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task It_has_no_node_of_its_own()
    {
        var cluster = await GetAsync("/api/cluster");

        Assert.Equal(JsonValueKind.Null, cluster.GetProperty("seenFrom").ValueKind);
        Assert.Equal(
            ["n1", "n2", "n3"],
            cluster.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("nodeId").GetString()));
    }

    [Theory]
    [InlineData("linearizable")]
    [InlineData("follower")]
    [InlineData("stale")]
    public async Task What_is_written_through_it_is_on_the_nodes(string consistency)
    {
        using var put = await _nodes.Http.PutAsync($"{_gateway.Url}/api/kv/{consistency}", new StringContent("red"));
        put.EnsureSuccessStatusCode();

        Assert.Equal("red", await _nodes.Http.GetStringAsync($"{_nodes.Urls[1]}/api/kv/{consistency}"));
        using var read = await _nodes.Http.GetAsync($"{_gateway.Url}/api/kv/{consistency}?consistency={consistency}");
        Assert.Equal(consistency, read.Headers.GetValues("Raft-Consistency").Single());
        if (consistency != "stale") Assert.Equal("red", await read.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_leadership_is_moved_through_it()
    {
        var (_, follower, leader) = await _nodes.FollowerAsync();

        var moved = await RunAsync("transfer", follower);

        Assert.Equal("", moved.Error);
        Assert.StartsWith($"{leader} transferred leadership to {follower}", moved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_works_against_it()
    {
        Assert.Contains("NODE ROLE", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains("no-op", (await RunAsync("log", "--from", "1")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("kv", "put", "commanded", "yes")).ExitCode);
        Assert.Equal("yes", (await RunAsync("kv", "get", "commanded")).Output.Trim());
    }

    [Fact]
    public async Task One_that_knows_no_node_says_so_at_every_place()
    {
        await using var lonely = await StartAsync(new HostPort("127.0.0.1", 1), Hasty);

        foreach (var path in (string[])["/api/status", "/api/log", "/health/ready"])
        {
            using var answer = await _nodes.Http.GetAsync(lonely.Url + path);
            Assert.Contains("No node is known yet", await Problems.DetailOf(answer, 503), StringComparison.Ordinal);
        }

        using var put = await _nodes.Http.PutAsync($"{lonely.Url}/api/kv/x", new StringContent("x"));
        Assert.Contains("nothing was done", await Problems.DetailOf(put, 503), StringComparison.Ordinal);
        using var transfer = await _nodes.Http.PostAsJsonAsync($"{lonely.Url}/api/leadership/transfer", new { });
        Assert.Contains("No node is known yet", await Problems.DetailOf(transfer, 503), StringComparison.Ordinal);
        using var live = await _nodes.Http.GetAsync($"{lonely.Url}/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static Task<GatewayHost> StartAsync(HostPort seed, string overrides = "")
    {
        var free = new HostPort("127.0.0.1", 0);
        return GatewayHost.StartAsync(
            new GatewayOptions("raft", Http: free, new ApiOptions(), Remote: new OwnAddress(free), [seed], $"{overrides}\n"),
            FormerLives.None);
    }

    private async Task<JsonElement> GetAsync(string path) => await _nodes.Http.GetFromJsonAsync<JsonElement>(_gateway.Url + path);

    private async Task<IEnumerable<JsonElement>> ClusterAsync() =>
        (await GetAsync("/api/cluster")).GetProperty("nodes").EnumerateArray();

    private Task<CommandRun> RunAsync(params string[] args) => CommandLine.RunAsync([], [.. args, "--node", _gateway.Url]);
}

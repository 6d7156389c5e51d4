using System.Net.Http.Json;
using System.Text.Json;
using Raft.Actors.AspNetCore.Api;
using Raft.Host.Api;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;
using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary><c>/api/events</c> of three real nodes and of a gateway in front of them.</summary>
public sealed class EventStreamTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    /// <summary>Whether an event says that a node answers: the first event has all nodes, and later ones one node each.</summary>
    private static bool Reaches(string node, (string Kind, JsonElement Data) told) => told.Kind switch
    {
        "cluster" => told.Data.GetProperty("nodes").EnumerateArray().Any(n => IsReachable(node, n)),
        "node" => IsReachable(node, told.Data),
        _ => false,
    };

    private static bool IsReachable(string node, JsonElement told) =>
        Name(told) == node && told.GetProperty("reachable").GetBoolean();

    private static readonly string[] Names = ["n1", "n2", "n3"];

    private readonly ThreeNodes _nodes = nodes;

    [Fact]
    public async Task It_begins_with_the_whole_cluster_at_every_connection()
    {
        for (var connection = 0; connection < 2; connection++)
        {
            await using var events = await EventStream.OpenAsync(_nodes.Http, _nodes.Urls[0]);
            var (kind, cluster) = (await events.NextAsync())!.Value;

            Assert.Equal("cluster", kind);
            Assert.Equal("n1", cluster.GetProperty("seenFrom").GetString());
            Assert.Equal(Names, cluster.GetProperty("nodes").EnumerateArray().Select(Name));
            Assert.Equal(JsonValueKind.Array, cluster.GetProperty("history").ValueKind);
            Assert.Equal(JsonValueKind.Array, cluster.GetProperty("events").ValueKind);
        }
    }

    [Fact]
    public async Task A_new_leader_is_told_by_a_node_that_does_not_take_part_in_the_change()
    {
        var (follower, name, leader) = await _nodes.FollowerAsync();
        var next = Names.Except([name, leader]).Single();
        await using var events = await EventStream.OpenAsync(_nodes.Http, follower);

        await MakeLeadAsync(next);

        var told = await events.NextAsync("transition", t => Name(t) == next && t.GetProperty("role").GetString() == "leader");
        Assert.Equal("role", told.GetProperty("kind").GetString());
        Assert.EndsWith("→ leader", told.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_before_is_told_to_who_comes_later()
    {
        var (url, next, _) = await _nodes.FollowerAsync();
        await using (var before = await EventStream.OpenAsync(_nodes.Http, url))
        {
            await MakeLeadAsync(next);
            await before.NextAsync("transition", t => Name(t) == next && t.GetProperty("role").GetString() == "leader");
        }

        await using var events = await EventStream.OpenAsync(_nodes.Http, url);
        var cluster = await events.NextAsync("cluster", _ => true);

        Assert.Contains(
            cluster.GetProperty("events").EnumerateArray(),
            t => Name(t) == next && t.GetProperty("role").GetString() == "leader");
    }

    [Fact]
    public async Task A_write_moves_the_indexes_of_every_node_and_the_sample_of_the_group()
    {
        await using var events = await EventStream.OpenAsync(_nodes.Http, _nodes.Urls[2]);
        var first = await WriteAsync();
        var told = new HashSet<string>();
        var isActive = false;
        while (!isActive || told.Count < 3)
        {
            await WriteAsync();
            var (kind, data) = (await events.NextAsync())!.Value;
            if (kind == "node" && CommitIndexOf(data) > first) told.Add(Name(data)!);
            if (kind != "sample") continue;
            if (data.GetProperty("writesPerSecond") is not { ValueKind: JsonValueKind.Number } writes) continue;
            isActive |= writes.GetDouble() > 0
                && data.GetProperty("commitP50Ms").GetDouble() <= data.GetProperty("commitP99Ms").GetDouble();
        }
    }

    [Fact]
    public async Task A_follower_tells_how_long_it_still_waits_and_a_leader_does_not()
    {
        await using var events = await EventStream.OpenAsync(_nodes.Http, _nodes.Urls[0]);

        var cluster = await events.NextAsync("cluster", _ => true);

        foreach (var status in cluster.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("status")))
        {
            var timeout = status.GetProperty("electionTimeoutMs");
            if (status.GetProperty("role").GetString() == "leader") Assert.Equal(JsonValueKind.Null, timeout.ValueKind);
            else Assert.InRange(status.GetProperty("electionTimeoutLeftMs").GetInt64(), 0, timeout.GetInt64());
        }
    }

    [Fact]
    public async Task A_gateway_tells_the_same_and_ends_the_stream_when_it_stops()
    {
        var free = new HostPort("127.0.0.1", 0);
        var gateway = await GatewayHost.StartAsync(
            new GatewayOptions("raft", free, new ApiOptions(), new OwnAddress(free), [_nodes.Seed], "\n"), FormerLives.None);
        EventStream? events = null;
        try
        {
            events = await EventStream.OpenAsync(_nodes.Http, gateway.Url);
            while (!Reaches("n3", (await events.NextAsync())!.Value))
            {
                // The gateway has not found all nodes yet.
            }
        }
        finally
        {
            await gateway.DisposeAsync();
        }

        while (await events.NextAsync() is not null)
        {
            // Events that were still in flight.
        }

        await events.DisposeAsync();
    }

    [Fact]
    public async Task Too_many_readers_are_told_so_and_let_in_when_another_has_gone()
    {
        await using var node = await TestNode.StartAsync();
        var url = node.Url.ToString().TrimEnd('/');
        var readers = await Task.WhenAll(
            Enumerable.Range(0, ApiLimits.MaxEventStreams).Select(_ => EventStream.OpenAsync(node.Http, url)));
        using (var refused = await node.Http.GetAsync("/api/events"))
            Assert.Contains("limit of", await Problems.DetailOf(refused, 503), StringComparison.Ordinal);

        foreach (var reader in readers) await reader.DisposeAsync();

        while (true)
        {
            using var answer = await node.Http.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
            if (answer.IsSuccessStatusCode) return;
        }
    }

    private static string? Name(JsonElement node) => node.GetProperty("nodeId").GetString();

    private static long CommitIndexOf(JsonElement node) =>
        node.GetProperty("status") is { ValueKind: JsonValueKind.Object } status
            ? status.GetProperty("commitIndex").GetInt64()
            : 0;

    private async Task<long> WriteAsync()
    {
        using var write = await _nodes.Http.PutAsync($"{_nodes.Urls[0]}/api/kv/events", new StringContent("x"));
        return (await TestNode.JsonOf(write)).GetProperty("index").GetInt64();
    }

    private async Task MakeLeadAsync(string node)
    {
        while (true)
        {
            using var moved = await _nodes.Http.PostAsJsonAsync($"{_nodes.Urls[0]}/api/leadership/transfer", new { to = node });
            if (moved.IsSuccessStatusCode) return;
        }
    }
}

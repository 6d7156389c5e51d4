using System.Net;
using Raft.Host.Tests.Commands;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>The response to a read has headers with its consistency and log index.</summary>
public sealed class ReadHeadersTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("?consistency=linearizable", "linearizable")]
    [InlineData("?consistency=follower", "follower")]
    [InlineData("?consistency=stale", "stale")]
    [InlineData("", "linearizable")]
    public async Task A_read_names_its_consistency_and_its_index(string query, string consistency)
    {
        var revision = await _node.PutAsync("/api/kv/read", "x");

        using var get = await _node.Http.GetAsync($"/api/kv/read{query}");
        using var none = await _node.Http.GetAsync($"/api/kv/none{query}");
        using var unchanged = await _node.SendAsync(
            HttpMethod.Get, $"/api/kv/read{query}", null, ("If-None-Match", $"\"{revision}\""));
        using var list = await _node.Http.GetAsync($"/api/kv{query}");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotModified, HttpStatusCode.OK],
            new[] { get, none, unchanged, list }.Select(a => a.StatusCode));
        Assert.All(new[] { get, none, unchanged, list }, answer =>
        {
            Assert.Equal([consistency], answer.Headers.GetValues("Raft-Consistency"));
            Assert.Equal([$"{revision}"], answer.Headers.GetValues("Raft-Index"));
        });
    }

    [Fact]
    public async Task A_write_and_a_refused_read_name_none()
    {
        using var put = await _node.Http.PutAsync("/api/kv/written", new StringContent("x"));
        using var refused = await _node.Http.GetAsync("/api/kv/written?consistency=strong");

        Assert.False(put.Headers.Contains("Raft-Consistency"));
        Assert.False(refused.Headers.Contains("Raft-Consistency"));
    }

    [Fact]
    public async Task A_lease_read_is_refused_where_leases_are_off()
    {
        await _node.PutAsync("/api/kv/leased", "x");

        using var get = await _node.Http.GetAsync("/api/kv/leased?consistency=lease");

        Assert.Contains("raft.lease-reads", await Problems.DetailOf(get, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_read_is_answered_where_leases_are_on()
    {
        await using var node = await TestNode.StartAsync(overrides: "raft.lease-reads = on");
        await node.PutAsync("/api/kv/leased", "x");

        using var get = await node.Http.GetAsync("/api/kv/leased?consistency=lease");

        Assert.Equal("x", await get.Content.ReadAsStringAsync());
        Assert.Equal(["lease"], get.Headers.GetValues("Raft-Consistency"));
    }

    [Fact]
    public async Task The_commands_warn_of_a_stale_answer_on_standard_error()
    {
        var revision = await _node.PutAsync("/api/kv/old", "x");

        var get = await CommandLine.RunAsync(_node, "kv", "get", "old", "--consistency", "stale");
        var list = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", "old", "--consistency", "stale");
        var fresh = await CommandLine.RunAsync(_node, "kv", "get", "old", "--consistency", "follower");

        Assert.Equal(("x", "x"), (get.Output, fresh.Output));
        foreach (var run in new[] { get, list })
            Assert.StartsWith(
                $"This value may be stale: it is the node's state at index {revision}", run.Error, StringComparison.Ordinal);
        Assert.Equal("", fresh.Error);
    }
}

using System.Net;
using System.Text.Json;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class InspectionRoutesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task A_status_has_all_that_the_contract_names()
    {
        await _node.PutAsync("/api/kv/status", "x");

        var status = await _node.GetJsonAsync("/api/status");

        string[] names =
        [
            "nodeId", "clusterId", "groupId", "role", "term", "leaderId", "commitIndex", "lastApplied", "lastLogIndex",
            "lastLogTerm", "durableIndex", "snapshotIndex", "votedFor", "members",
            "firstLogIndex", "electionTimeoutMs", "electionTimeoutLeftMs", "followers", "awaitsReadmission",
        ];
        Assert.Equal(names, status.EnumerateObject().Select(p => p.Name));
        Assert.Equal("n1", status.GetProperty("nodeId").GetString());
        Assert.Equal("default", status.GetProperty("groupId").GetString());
        Assert.Equal("leader", status.GetProperty("role").GetString());
        Assert.Equal("n1", status.GetProperty("leaderId").GetString());
        Assert.Equal("n1", status.GetProperty("votedFor").GetString());
        Assert.True(status.GetProperty("lastApplied").GetInt64() >= 2);
        var member = Assert.Single(status.GetProperty("members").EnumerateArray());
        Assert.Equal("n1", member.GetProperty("nodeId").GetString());
        Assert.Equal(_node.Group.Settings.Members[0].Address, member.GetProperty("address").GetString());
    }

    [Fact]
    public async Task The_cluster_is_every_member_with_its_status()
    {
        var cluster = await _node.GetJsonAsync("/api/cluster");

        Assert.Equal("n1", cluster.GetProperty("seenFrom").GetString());
        var node = Assert.Single(cluster.GetProperty("nodes").EnumerateArray());
        Assert.True(node.GetProperty("reachable").GetBoolean());
        Assert.Equal("n1", node.GetProperty("status").GetProperty("nodeId").GetString());
    }

    [Theory]
    [InlineData("/api/status?node=n1")]
    [InlineData("/api/log?node=n1")]
    public async Task A_node_answers_for_itself_by_name(string path)
    {
        using var answer = await _node.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/status?node=n9", 404, "No address is known of a node n9. Known are n1.")]
    [InlineData("/api/log?node=n9", 404, "Known are n1.")]
    [InlineData("/api/status?node=n%201", 400, "is not a valid node id")]
    [InlineData("/api/status?node=n1&node=n2", 400, "Use it once")]
    public async Task A_name_that_no_node_has_is_refused(string path, int status, string why)
    {
        using var answer = await _node.Http.GetAsync(path);

        Assert.Contains(why, await Problems.DetailOf(answer, status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_what_each_entry_does()
    {
        var revision = await _node.PutAsync("/api/kv/logged", "red");
        using var conditional = await _node.SendAsync(HttpMethod.Put, "/api/kv/logged", "b", ("If-Match", $"{revision}"));
        using var create = await _node.SendAsync(HttpMethod.Put, "/api/kv/logged", "", ("If-None-Match", "*"));
        using var delete = await _node.Http.DeleteAsync("/api/kv/logged");
        await _node.Client.ProposeAsync("\u00FF\u00FF"u8.ToArray());

        var entries = Entries(await _node.GetJsonAsync($"/api/log?from={revision}&limit=5"));

        string[] commands =
        [
            "put logged (3 bytes)",
            $"put logged (1 byte) if revision {revision}",
            "put logged (0 bytes) if absent",
            "delete logged",
            "not a key-value command (4 bytes)",
        ];
        Assert.Equal(commands, entries.Select(e => e.GetProperty("command").GetString()));
        Assert.All(entries, e => Assert.Equal("command", e.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_log_begins_with_the_no_op_of_a_leader()
    {
        await _node.PutAsync("/api/kv/first", "x");

        var page = await _node.GetJsonAsync("/api/log?limit=1");

        var entry = Assert.Single(Entries(page));
        Assert.Equal(1, entry.GetProperty("index").GetInt64());
        Assert.Equal("no-op", entry.GetProperty("kind").GetString());
        Assert.Equal(0, entry.GetProperty("bytes").GetInt32());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("command").ValueKind);
        Assert.True(entry.GetProperty("committed").GetBoolean());
        Assert.True(entry.GetProperty("applied").GetBoolean());
        Assert.True(page.GetProperty("commitIndex").GetInt64() >= 2);
        Assert.True(page.GetProperty("lastApplied").GetInt64() >= 2);
        Assert.True(page.GetProperty("lastIndex").GetInt64() >= 2);
    }

    [Fact]
    public async Task A_page_after_the_end_of_the_log_is_empty()
    {
        Assert.Empty(Entries(await _node.GetJsonAsync("/api/log?from=1000000")));
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task A_node_that_leads_is_live_and_ready(string health)
    {
        await _node.PutAsync("/api/kv/healthy", "x");

        Assert.Equal(health, (await _node.GetJsonAsync($"/health/{health}")).GetProperty("status").GetString());
    }

    private static JsonElement[] Entries(JsonElement page) => [.. page.GetProperty("entries").EnumerateArray()];
}

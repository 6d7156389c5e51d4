using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Dev;

/// <summary>Faults of the real nodes of <c>raft dev</c>, and the reaction of Raft.</summary>
public sealed class FaultTests(DevNodes nodes) : IClassFixture<DevNodes>
{
    private readonly DevNodes _nodes = nodes;

    [Fact]
    public async Task A_crashed_leader_is_replaced_and_nothing_that_was_acknowledged_is_lost()
    {
        var leader = await _nodes.HealedAsync();
        await _nodes.WriteAsync(leader, "before", "crash");

        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{leader}/crash");
        var next = await _nodes.LeaderAmongAsync(DevNodes.Names.Where(n => n != leader));
        await _nodes.WriteAsync(next, "after", "crash");
        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{leader}/restart");

        await _nodes.SeesAsync(leader, "before", "crash");
        await _nodes.SeesAsync(leader, "after", "crash");
    }

    [Fact]
    public async Task The_page_of_a_crashed_node_says_so_and_goes_on_showing_the_others()
    {
        var leader = await _nodes.HealedAsync();
        var crashed = DevNodes.Names.First(n => n != leader);
        await using var events = await EventStream.OpenAsync(_nodes.Http, _nodes.UrlOf(crashed));

        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{crashed}/crash");

        using var status = await _nodes.Http.GetAsync($"{_nodes.UrlOf(crashed)}/api/status");
        Assert.Contains("crashed manually", await Problems.DetailOf(status, 503), StringComparison.Ordinal);
        using var write = await _nodes.Http.PutAsync($"{_nodes.UrlOf(crashed)}/api/kv/x", new StringContent("x"));
        Assert.Contains("crashed manually", await Problems.DetailOf(write, 503), StringComparison.Ordinal);
        await events.NextAsync("transition", t => IsOf(t, crashed, "unreachable"));
        using var page = await _nodes.Http.GetAsync(_nodes.UrlOf(crashed));
        Assert.True(page.IsSuccessStatusCode);

        using var restart = await _nodes.Http.PostAsJsonAsync(
            $"{_nodes.UrlOf(crashed)}/api/dev/nodes/{crashed}/restart", new { });
        restart.EnsureSuccessStatusCode();

        await events.NextAsync("transition", t => IsOf(t, crashed, "reachable"));
    }

    [Fact]
    public async Task A_paused_leader_is_replaced_and_steps_down_when_it_goes_on()
    {
        var leader = await _nodes.HealedAsync();

        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{leader}/pause");
        Assert.Null(await _nodes.RoleOfAsync(leader));
        var next = await _nodes.LeaderAmongAsync(DevNodes.Names.Where(n => n != leader));
        await _nodes.WriteAsync(next, "meanwhile", "paused");
        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{leader}/resume");

        await _nodes.SeesAsync(leader, "meanwhile", "paused");
        Assert.Equal("follower", await _nodes.RoleOfAsync(leader));
    }

    [Fact]
    public async Task A_minority_that_is_cut_off_writes_nothing_and_catches_up_when_it_is_healed()
    {
        var leader = await _nodes.HealedAsync();
        var others = DevNodes.Names.Where(n => n != leader).ToArray();
        foreach (var other in others) await _nodes.DoAsync(HttpMethod.Put, $"/api/dev/links/{leader}/{other}");

        using var lost = await _nodes.Http.PutAsync($"{_nodes.UrlOf(leader)}/api/kv/minority", new StringContent("x"));
        var next = await _nodes.LeaderAmongAsync(others);
        await _nodes.WriteAsync(next, "majority", "x");

        Assert.False(lost.IsSuccessStatusCode);
        Assert.NotEqual("leader", await _nodes.RoleOfAsync(leader));
        using (var read = await _nodes.Http.GetAsync($"{_nodes.UrlOf(leader)}/api/kv/majority?consistency=stale"))
            Assert.False(read.IsSuccessStatusCode);
        foreach (var other in others) await _nodes.DoAsync(HttpMethod.Delete, $"/api/dev/links/{other}/{leader}");
        await _nodes.SeesAsync(leader, "majority", "x");
    }

    [Fact]
    public async Task What_was_done_is_listed_and_all_of_it_is_healed_at_once()
    {
        var leader = await _nodes.HealedAsync();
        var others = DevNodes.Names.Where(n => n != leader).ToArray();
        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{others[0]}/pause");
        await _nodes.DoAsync(HttpMethod.Post, $"/api/dev/nodes/{others[1]}/crash");
        await _nodes.DoAsync(HttpMethod.Put, "/api/dev/links/n3/n1");

        var faults = await FaultsAsync();
        await _nodes.HealedAsync();
        var healed = await FaultsAsync();

        Assert.Equal("paused", StateOf(faults, others[0]));
        Assert.Equal("crashed", StateOf(faults, others[1]));
        Assert.Equal("""[{"from":"n1","to":"n3"}]""", faults.GetProperty("cuts").GetRawText());
        Assert.All(DevNodes.Names, n => Assert.Equal("running", StateOf(healed, n)));
        Assert.Equal("[]", healed.GetProperty("cuts").GetRawText());
    }

    [Theory]
    [InlineData("POST", "/api/dev/nodes/n9/pause", 404, "There is no node n9. The nodes are n1, n2, n3.")]
    [InlineData("POST", "/api/dev/nodes/n1/restart", 409, "n1 is running. Crash it first.")]
    [InlineData("PUT", "/api/dev/links/n1/n1", 409, "n1 has no link to itself. Choose two different nodes.")]
    [InlineData("DELETE", "/api/dev/links/n1/n9", 404, "There is no node n9. The nodes are n1, n2, n3.")]
    public async Task What_makes_no_sense_is_refused(string method, string path, int status, string detail)
    {
        await _nodes.HealedAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), _nodes.UrlOf("n1") + path);
        if (method == "POST") request.Content = JsonContent.Create(new { });
        using var answer = await _nodes.Http.SendAsync(request);

        Assert.Equal(detail, await Problems.DetailOf(answer, status));
    }

    [Fact]
    public async Task A_crashed_node_can_t_be_paused()
    {
        await _nodes.HealedAsync();
        await _nodes.DoAsync(HttpMethod.Post, "/api/dev/nodes/n2/crash");

        using var answer = await _nodes.Http.PostAsJsonAsync($"{_nodes.UrlOf("n1")}/api/dev/nodes/n2/pause", new { });

        Assert.Equal("n2 has crashed. Restart it first.", await Problems.DetailOf(answer, 409));
    }

    private static bool IsOf(JsonElement transition, string node, string kind) =>
        transition.GetProperty("nodeId").GetString() == node && transition.GetProperty("kind").GetString() == kind;

    private static string? StateOf(JsonElement faults, string node) => faults.GetProperty("nodes").EnumerateArray()
        .Single(n => n.GetProperty("nodeId").GetString() == node).GetProperty("state").GetString();

    private async Task<JsonElement> FaultsAsync() =>
        await _nodes.Http.GetFromJsonAsync<JsonElement>($"{_nodes.UrlOf("n1")}/api/dev/faults");
}

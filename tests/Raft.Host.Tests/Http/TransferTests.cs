using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Tests.Commands;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>Transfers between three nodes, requested from a follower.</summary>
[Collection(nameof(Processes.ProcessTests))]
public sealed class TransferTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    private const string Path = "/api/leadership/transfer";

    [Fact]
    public async Task The_named_node_takes_over()
    {
        var (url, self, leader) = await nodes.FollowerAsync();

        using var answer = await nodes.Http.PostAsJsonAsync(url + Path, new { to = self });

        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var transfer = await TestNode.JsonOf(answer);
        Assert.Equal(leader, transfer.GetProperty("from").GetString());
        Assert.Equal(self, transfer.GetProperty("to").GetString());
        Assert.Equal(self, await nodes.LeaderAsync());
    }

    [Fact]
    public async Task Without_a_name_another_node_takes_over()
    {
        var (url, _, leader) = await nodes.FollowerAsync();

        using var answer = await nodes.Http.PostAsJsonAsync(url + Path, new { });

        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var to = (await TestNode.JsonOf(answer)).GetProperty("to").GetString();
        Assert.NotEqual(leader, to);
        Assert.Equal(to, await nodes.LeaderAsync());
    }

    [Fact]
    public async Task The_command_says_who_takes_over()
    {
        var (url, self, leader) = await nodes.FollowerAsync();

        var run = await CommandLine.RunAsync([], ["transfer", self, "--node", url]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches($@"\A{leader} transferred leadership to {self}, which leads in term \d+\s*\z", run.Output);
        Assert.Equal(self, await nodes.LeaderAsync());
    }

    [Fact]
    public async Task For_programs_the_command_prints_the_APIs_JSON()
    {
        var (url, _, leader) = await nodes.FollowerAsync();

        var run = await CommandLine.RunAsync([], ["transfer", "--node", url, "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(leader, JsonSerializer.Deserialize<JsonElement>(run.Output).GetProperty("from").GetString());
    }

    [Theory]
    [InlineData("n9", "n9 is no member")]
    [InlineData("n 9", "is not a valid node id")]
    public async Task A_refusal_is_one_line_and_ends_with_1(string target, string why)
    {
        var run = await CommandLine.RunAsync([], ["transfer", target, "--node", nodes.Urls[0]]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("linearizable")]
    [InlineData("follower")]
    public async Task A_fresh_read_through_any_node_sees_the_last_write(string consistency)
    {
        foreach (var url in nodes.Urls)
        {
            using var write = await nodes.Http.PutAsync($"{nodes.Urls[0]}/api/kv/fresh", new StringContent(url + consistency));
            Assert.Equal(HttpStatusCode.OK, write.StatusCode);

            Assert.Equal(url + consistency, await nodes.Http.GetStringAsync($"{url}/api/kv/fresh?consistency={consistency}"));
        }
    }
}

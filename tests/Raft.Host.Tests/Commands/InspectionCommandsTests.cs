using System.Text.Json;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class InspectionCommandsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task Status_shows_the_node_and_marks_the_leader()
    {
        await _node.PutAsync("/api/kv/status", "x");

        var run = await CommandLine.RunAsync(_node, "status");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("n1 is leader in term ", run.Output, StringComparison.Ordinal);
        var row = Assert.Single(run.Lines, l => l.StartsWith("n1 *", StringComparison.Ordinal));
        Assert.Contains("leader", row, StringComparison.Ordinal);
        Assert.EndsWith(_node.Group.Settings.Members[0].Address, row, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Status_says_which_member_is_unreachable()
    {
        await using var node = await TestNode.StartWithLostMemberAsync();

        var run = await CommandLine.RunAsync(node, "status");

        var row = Assert.Single(run.Lines, l => l.StartsWith("n2", StringComparison.Ordinal));
        Assert.Contains("unreachable", row, StringComparison.Ordinal);
        Assert.Contains("knows no leader", run.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders/")]
    public async Task A_node_behind_a_base_path_is_asked_there(string path)
    {
        await using var node = await TestNode.StartAsync(options: new ApiOptions { BasePath = "/orders" });
        await node.PutAsync("/orders/api/kv/a%2Fb", "x");

        var run = await CommandLine.RunAsync([], ["kv", "get", "a/b", "--node", $"{node.Url}{path}"]);

        Assert.Equal("x", run.Output.Trim());
    }

    [Fact]
    public async Task Status_for_programs_is_the_APIs_with_the_cluster()
    {
        var run = await CommandLine.RunAsync(_node, "status", "--json");

        var status = JsonSerializer.Deserialize<JsonElement>(run.Output);
        Assert.Equal("n1", status.GetProperty("nodeId").GetString());
        Assert.Equal("n1", status.GetProperty("cluster").GetProperty("seenFrom").GetString());
        Assert.True(status.GetProperty("cluster").GetProperty("nodes")[0].GetProperty("reachable").GetBoolean());
    }

    [Fact]
    public async Task The_log_shows_its_last_entries()
    {
        for (var i = 1; i <= 3; i++) await _node.PutAsync($"/api/kv/log{i}", "xy");

        var run = await CommandLine.RunAsync(_node, "log", "--limit", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Lines.Length);
        Assert.EndsWith("put log2 (2 bytes)", run.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("put log3 (2 bytes)", run.Lines[2], StringComparison.Ordinal);
        Assert.Contains("applied", run.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("last ", run.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_for_programs_is_the_APIs()
    {
        await _node.PutAsync("/api/kv/x", "y");

        var run = await CommandLine.RunAsync(_node, "log", "--from", "1", "--limit", "1", "--json");

        var log = JsonSerializer.Deserialize<JsonElement>(run.Output);
        Assert.Equal("no-op", log.GetProperty("entries")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("members")]
    [InlineData("actors")]
    [InlineData("doctor")]
    [InlineData("log")]
    [InlineData("kv", "get", "x")]
    [InlineData("kv", "put", "x", "y")]
    [InlineData("kv", "delete", "x")]
    [InlineData("kv", "list")]
    [InlineData("transfer")]
    [InlineData("transfer", "n2")]
    public async Task Where_no_node_answers_one_line_says_what_to_do(params string[] args)
    {
        var run = await CommandLine.RunAsync([], [.. args, "--node", "127.0.0.1:1"]);

        Assert.Equal((ExitCode.NotReachable, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("raft: no node responds at http://127.0.0.1:1/", run.Error, StringComparison.Ordinal);
        Assert.Contains("--node URL", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("status", "--verbose")]
    [InlineData("status", "--node", "ftp://x")]
    [InlineData("status", "--node", "not a url")]
    [InlineData("status", "extra")]
    [InlineData("log", "--from", "0")]
    [InlineData("log", "--from", "x")]
    [InlineData("log", "--limit", "1001")]
    [InlineData("transfer", "n1", "n2")]
    [InlineData("members", "n1")]
    [InlineData("doctor", "--node", "ftp://x")]
    [InlineData("actors", "--depth", "-1")]
    [InlineData("actors", "--limit", "0")]
    [InlineData("completion", "tcsh")]
    [InlineData("kv")]
    [InlineData("kv", "get")]
    [InlineData("kv", "put", "x")]
    [InlineData("kv", "get", "x", "--consistency", "leased")]
    [InlineData("kv", "put", "x", "y", "--if-revision", "-1")]
    [InlineData("kv", "put", "x", "y", "--if-revision", "1", "--if-absent")]
    [InlineData("kv", "put", "x", "y", "--idempotency-key", "")]
    [InlineData("kv", "delete", "x", "--idempotency-key", "é")]
    [InlineData("kv", "list", "--limit", "0")]
    public async Task Bad_usage_is_an_error_of_the_command_line(params string[] args)
    {
        var run = await CommandLine.RunAsync([], args);

        Assert.Equal((ExitCode.BadUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains("Run raft --help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("members")]
    [InlineData("actors")]
    [InlineData("doctor")]
    [InlineData("log")]
    [InlineData("kv", "get")]
    [InlineData("kv", "put")]
    [InlineData("kv", "delete")]
    [InlineData("kv", "list")]
    [InlineData("transfer")]
    public async Task Help_describes_every_option(params string[] args)
    {
        var run = await CommandLine.RunAsync([], [.. args, "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(" as JSON.", run.Output, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8080", run.Output, StringComparison.Ordinal);
        Assert.All(
            run.Lines.Where(l => l.StartsWith("--", StringComparison.Ordinal)),
            option => Assert.Contains("  ", option, StringComparison.Ordinal));
    }
}

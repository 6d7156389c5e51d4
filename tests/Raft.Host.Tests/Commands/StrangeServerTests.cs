using Raft.Host.Client;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class StrangeServerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "sent an invalid response. Is it a raft node?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", "sent an invalid response. Is it a raft node?")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "responded with status 502 and no reason")]
    public async Task What_is_no_node_is_told_from_one(string answer, string why)
    {
        using var server = new StrangeServer(answer);

        var run = await CommandLine.RunAsync([], ["log", "--node", server.Address]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("put", "x", "y")]
    [InlineData("delete", "x")]
    public async Task A_write_whose_answer_is_lost_is_not_said_to_have_failed(params string[] args)
    {
        using var server = new StrangeServer("");

        var run = await CommandLine.RunAsync([], ["kv", .. args, "--node", server.Address]);

        Assert.Equal(ExitCode.OutcomeUnknown, run.ExitCode);
        Assert.Contains("may or may not have been applied", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A proxy reports that the node behind it died; the node may have applied the write.</summary>
    [Fact]
    public async Task A_write_that_a_proxy_lost_is_not_said_to_have_failed()
    {
        using var server = new StrangeServer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");

        var run = await CommandLine.RunAsync([], ["kv", "put", "x", "y", "--node", server.Address]);

        Assert.Equal(ExitCode.OutcomeUnknown, run.ExitCode);
        Assert.Contains("may or may not have been applied", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "Overloaded", ExitCode.NotNow)]
    [InlineData(503, "No leader", ExitCode.NotNow)]
    [InlineData(504, "Not transferred", ExitCode.NotNow)]
    [InlineData(504, "Outcome unknown", ExitCode.OutcomeUnknown)]
    [InlineData(409, "Not possible now", ExitCode.Failed)]
    [InlineData(500, "Unexpected failure", ExitCode.Failed)]
    public async Task A_problem_ends_with_a_code_that_tells_whether_to_try_again(int status, string title, int code)
    {
        var body = $$"""{"title":"{{title}}","status":{{status}},"detail":"It is so."}""";
        using var server = new StrangeServer(
            $"HTTP/1.1 {status} X\r\nContent-Type: application/problem+json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        var run = await CommandLine.RunAsync([], ["transfer", "--node", server.Address]);

        Assert.Equal((code, "", $"raft: It is so.{Environment.NewLine}"), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("members")]
    [InlineData("actors")]
    [InlineData("doctor")]
    public async Task An_inspection_of_what_is_no_node_says_so(string command)
    {
        using var server = new StrangeServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        var run = await CommandLine.RunAsync([], [command, "--node", server.Address]);

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.Contains("Is it a raft node?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_whose_answer_is_lost_is_not_said_to_have_failed()
    {
        using var server = new StrangeServer("");

        var run = await CommandLine.RunAsync([], ["transfer", "--node", server.Address]);

        Assert.Equal(ExitCode.OutcomeUnknown, run.ExitCode);
        Assert.Contains("may or may not have been carried out. Check raft status", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_whose_answer_is_lost_leaves_no_doubt()
    {
        using var server = new StrangeServer("");

        var run = await CommandLine.RunAsync([], ["kv", "get", "x", "--node", server.Address]);

        Assert.Equal(ExitCode.NotReachable, run.ExitCode);
        Assert.Contains("broke", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("may or may not", run.Error, StringComparison.Ordinal);
    }
}

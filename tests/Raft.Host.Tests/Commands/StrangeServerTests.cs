using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class StrangeServerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "can't be read; is it a raft node?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", "can't be read; is it a raft node?")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "answered 502 without saying why")]
    [InlineData("", "broke")]
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

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("may or may not have been done", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_whose_answer_is_lost_is_not_said_to_have_failed()
    {
        using var server = new StrangeServer("");

        var run = await CommandLine.RunAsync([], ["transfer", "--node", server.Address]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("may or may not have been done, so see raft status", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_whose_answer_is_lost_leaves_no_doubt()
    {
        using var server = new StrangeServer("");

        var run = await CommandLine.RunAsync([], ["kv", "get", "x", "--node", server.Address]);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("may or may not", run.Error, StringComparison.Ordinal);
    }
}

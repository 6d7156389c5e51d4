using System.Net;
using Raft.Host.Tests.Commands;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>A write that is repeated with the same <c>Idempotency-Key</c> is applied once.</summary>
public sealed class IdempotencyTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Name = "Idempotency-Key";

    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task A_repeated_write_gets_the_first_answer_and_does_not_undo_what_came_between()
    {
        using var first = await _node.SendAsync(HttpMethod.Put, "/api/kv/order", "paid", (Name, "a b-1"));
        await _node.PutAsync("/api/kv/order", "shipped");
        using var again = await _node.SendAsync(HttpMethod.Put, "/api/kv/order", "paid", (Name, "a b-1"));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal("shipped", await _node.Http.GetStringAsync("/api/kv/order"));
    }

    [Fact]
    public async Task A_repeated_delete_is_not_told_that_there_is_no_key()
    {
        await _node.PutAsync("/api/kv/doomed", "x");

        using var first = await _node.SendAsync(HttpMethod.Delete, "/api/kv/doomed", null, (Name, "delete-1"));
        using var again = await _node.SendAsync(HttpMethod.Delete, "/api/kv/doomed", null, (Name, "delete-1"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_repeated_create_is_not_told_that_the_key_exists()
    {
        using var first = await _node.SendAsync(HttpMethod.Put, "/api/kv/new", "x", (Name, "create-1"), ("If-None-Match", "*"));
        using var again = await _node.SendAsync(HttpMethod.Put, "/api/kv/new", "x", (Name, "create-1"), ("If-None-Match", "*"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_write_is_refused()
    {
        using var first = await _node.SendAsync(HttpMethod.Put, "/api/kv/used", "one", (Name, "used-1"));
        using var other = await _node.SendAsync(HttpMethod.Put, "/api/kv/used", "two", (Name, "used-1"));

        Assert.Contains("'used-1' was used for another command", await Problems.DetailOf(other, 400), StringComparison.Ordinal);
        Assert.Equal("one", await _node.Http.GetStringAsync("/api/kv/used"));
    }

    [Fact]
    public async Task A_key_given_twice_or_too_long_is_refused()
    {
        var twice = await RawHttp.SendAsync(
            _node,
            $"PUT /api/kv/never HTTP/1.1\r\nHost: localhost\r\n{Name}: a\r\n{Name}: b\r\n"
            + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        using var tooLong = await _node.SendAsync(HttpMethod.Put, "/api/kv/never", "x", (Name, new string('k', 256)));

        Assert.StartsWith("HTTP/1.1 400", twice, StringComparison.Ordinal);
        Assert.Contains("2 times", twice, StringComparison.Ordinal);
        Assert.Contains("255", await Problems.DetailOf(tooLong, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_take_a_key()
    {
        string[] put = ["kv", "put", "cli", "one", "--idempotency-key", "cli-1"];
        string[] delete = ["kv", "delete", "cli", "--idempotency-key", "cli-2"];

        var first = await CommandLine.RunAsync(_node, put);
        var again = await CommandLine.RunAsync(_node, put);
        var gone = await CommandLine.RunAsync(_node, delete);
        var goneAgain = await CommandLine.RunAsync(_node, delete);

        Assert.All(new[] { first, again, gone, goneAgain }, run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.Equal((first.Output, gone.Output), (again.Output, goneAgain.Output));
    }
}

using System.Net;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class BadRequestTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const int MaxValueBytes = 256 * 1024;

    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("If-Match", "red")]
    [InlineData("If-Match", "0")]
    [InlineData("If-Match", "-1")]
    [InlineData("If-Match", "\"\"")]
    [InlineData("If-Match", "\"12")]
    [InlineData("If-Match", "W/\"12\"")]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "12, 13")]
    [InlineData("If-Match", "99999999999999999999")]
    [InlineData("If-None-Match", "12")]
    [InlineData("Idempotency-Key", "")]
    public async Task A_header_that_can_not_be_honoured_is_refused(string name, string value)
    {
        using var answer = await _node.SendAsync(HttpMethod.Put, "/api/kv/unset", "x", (name, value));

        Assert.Contains(name, await Problems.DetailOf(answer, 400), StringComparison.Ordinal);
        await AssertUnsetAsync("unset");
    }

    [Theory]
    [InlineData("If-Match", "red")]
    [InlineData("If-None-Match", "*")]
    [InlineData("Idempotency-Key", "")]
    public async Task A_delete_refuses_what_it_can_not_honour(string name, string value)
    {
        await _node.PutAsync("/api/kv/kept", "x");

        using var answer = await _node.SendAsync(HttpMethod.Delete, "/api/kv/kept", null, (name, value));

        Assert.Contains(name, await Problems.DetailOf(answer, 400), StringComparison.Ordinal);
        Assert.Equal("x", await _node.Http.GetStringAsync("/api/kv/kept"));
    }

    [Fact]
    public async Task Two_conditions_at_once_are_refused()
    {
        using var answer = await _node.SendAsync(
            HttpMethod.Put, "/api/kv/unset", "x", ("If-Match", "1"), ("If-None-Match", "*"));

        Assert.Contains("exclude each other", await Problems.DetailOf(answer, 400), StringComparison.Ordinal);
        await AssertUnsetAsync("unset");
    }

    [Theory]
    [InlineData("/api/kv/x?consistency=leased", "linearizable, lease, follower or stale")]
    [InlineData("/api/kv/x?consistency=Stale", "'Stale'")]
    [InlineData("/api/kv?consistency=strong", "'strong'")]
    [InlineData("/api/kv?limit=0", "from 1 to 1000")]
    [InlineData("/api/kv?limit=1001", "from 1 to 1000")]
    [InlineData("/api/kv?limit=-1", "'-1'")]
    [InlineData("/api/kv?limit=ten", "'ten'")]
    [InlineData("/api/kv?limit=1&limit=2", "2 times")]
    [InlineData("/api/kv?cursor=%21%21", "cursor")]
    [InlineData("/api/kv?cursor=_w", "cursor")]
    [InlineData("/api/log?from=0", "from 1 to")]
    [InlineData("/api/log?from=x", "'x'")]
    [InlineData("/api/log?from=9999999999999999999", "from")]
    [InlineData("/api/log?limit=1001", "from 1 to 1000")]
    [InlineData("/api/log?limit=1.5", "'1.5'")]
    public async Task A_parameter_that_is_not_valid_is_refused(string path, string why)
    {
        using var answer = await _node.Http.GetAsync(path);

        Assert.Contains(why, await Problems.DetailOf(answer, 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/api")]
    [InlineData("/api/status/more")]
    public async Task An_unknown_path_is_named(string path)
    {
        using var answer = await _node.Http.GetAsync(path);

        Assert.Contains(path, await Problems.DetailOf(answer, 404), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/kv/x")]
    [InlineData("PATCH", "/api/kv")]
    [InlineData("PUT", "/api/status")]
    [InlineData("DELETE", "/openapi.json")]
    public async Task A_wrong_method_is_told_the_right_ones(string method, string path)
    {
        using var answer = await _node.SendAsync(new HttpMethod(method), path);

        Assert.Contains("GET", await Problems.DetailOf(answer, 405), StringComparison.Ordinal);
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_value_of_the_largest_size_is_taken()
    {
        var value = new byte[MaxValueBytes];

        using var put = await _node.Http.PutAsync("/api/kv/largest", new ByteArrayContent(value));

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(value, await _node.Http.GetByteArrayAsync("/api/kv/largest"));
    }

    [Theory]
    [InlineData(MaxValueBytes + 1, false)]
    [InlineData(MaxValueBytes + 1, true)]
    [InlineData(900 * 1024, false)]
    [InlineData(900 * 1024, true)]
    public async Task A_value_that_is_too_large_is_refused(int bytes, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/kv/huge");
        request.Content = new ByteArrayContent(new byte[bytes]);
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await _node.Http.SendAsync(request);

        Assert.Contains("262144", await Problems.DetailOf(answer, 413), StringComparison.Ordinal);
        await AssertUnsetAsync("huge");
    }

    [Fact]
    public async Task A_huge_value_is_refused_before_it_is_sent()
    {
        var answer = await RawHttp.SendAsync(
            _node, "PUT /api/kv/huge HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT /api/kv/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345")]
    [InlineData("PUT /api/kv/cut HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")]
    [InlineData("PUT /api/kv/cut HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123")]
    [InlineData("PUT /api/kv/cut HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n12345\r\n0\r\n\r\n")]
    [InlineData("PUT /api/kv/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: five\r\n\r\n12345")]
    public async Task A_body_that_ends_early_or_is_malformed_writes_nothing(string request)
    {
        var answer = await RawHttp.SendAsync(_node, request, End.StopSending);
        await RawHttp.SendAsync(_node, request, End.Reset);

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await AssertUnsetAsync("cut");
    }

    [Fact]
    public async Task Bytes_after_the_body_are_not_part_of_it()
    {
        await RawHttp.SendAsync(
            _node, "PUT /api/kv/short HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\n12345");

        Assert.Equal("123", await _node.Http.GetStringAsync("/api/kv/short"));
    }

    [Fact]
    public async Task Noise_instead_of_HTTP_leaves_the_node_up()
    {
        var answer = await RawHttp.SendAsync(_node, "\u0016\u0003\u0001noise\r\n\r\n" + new string('z', 1000));

        Assert.DoesNotContain(" 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("live", (await _node.GetJsonAsync("/health/live")).GetProperty("status").GetString());
    }

    private async Task AssertUnsetAsync(string key)
    {
        using var get = await _node.Http.GetAsync($"/api/kv/{key}");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }
}

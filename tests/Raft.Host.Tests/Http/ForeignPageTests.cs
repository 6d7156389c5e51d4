using System.Net;
using Raft.Host.Api;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>Requests from pages of other sites change nothing.</summary>
public sealed class ForeignPageTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    /// <summary>
    /// A page's form is sent with one of these content types; a script may omit the content type.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    public async Task A_POST_is_done_only_as_JSON_even_without_a_body(string? type)
    {
        foreach (var path in new[] { "/api/snapshot", "/api/leadership/transfer" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent([]) };
            if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

            using var answer = await _node.Http.SendAsync(request);

            Assert.Contains("Content-Type: application/json", await Problems.DetailOf(answer, 415), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_change_is_refused_where_a_page_of_another_site_sent_it(string header, string value)
    {
        await _node.PutAsync("/api/kv/kept", "mine");

        using var put = await _node.SendAsync(HttpMethod.Put, "/api/kv/kept", "theirs", (header, value));
        using var delete = await _node.SendAsync(HttpMethod.Delete, "/api/kv/kept", null, (header, value));
        using var snapshot = await _node.PostAsync("/api/snapshot", (header, value));

        foreach (var answer in new[] { put, delete, snapshot })
            Assert.Contains("page of another site", await Problems.DetailOf(answer, 403), StringComparison.Ordinal);
        Assert.Equal("mine", await _node.Http.GetStringAsync("/api/kv/kept"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", "https://orders.example")]
    [InlineData("Sec-Fetch-Site", "none", null)]
    [InlineData("Accept", "*/*", null)]
    public async Task A_change_is_done_for_the_nodes_own_page_behind_any_proxy_and_for_programs(
        string header, string value, string? origin)
    {
        using var put = await _node.SendAsync(
            HttpMethod.Put, "/api/kv/own", "x", [(header, value), .. origin is null ? [] : new[] { ("Origin", origin) }]);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    [Fact]
    public async Task A_change_is_done_for_the_page_whose_origin_is_the_host_that_was_asked()
    {
        using var put = await _node.SendAsync(
            HttpMethod.Put, "/api/kv/own", "x", ("Origin", _node.Url.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    /// <summary>
    /// A page may let its own host name resolve to a node (DNS rebinding), and then read the responses.
    /// </summary>
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_name_that_is_not_listed_is_answered_nothing(string host)
    {
        foreach (var path in new[] { "/", "/docs", "/openapi.json", "/metrics", "/health/live", "/api/status", "/nowhere" })
        {
            using var answer = await _node.SendAsync(HttpMethod.Get, path, null, ("Host", host));

            Assert.Contains("RAFT_HTTP_HOSTS", await Problems.DetailOf(answer, 421), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:1234")]
    [InlineData("10.1.2.3:8000")]
    [InlineData("[::1]:8080")]
    [InlineData("[2001:db8::1]")]
    public async Task Localhost_and_addresses_need_not_be_listed(string host)
    {
        using var answer = await _node.SendAsync(HttpMethod.Get, "/health/live", null, ("Host", host));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_program_that_names_no_host_is_answered() => Assert.StartsWith(
        "HTTP/1.1 200", await RawHttp.SendAsync(_node, "GET /health/live HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("gateway:8080", "http://gateway:8080", 200)]
    [InlineData("127.0.0.1:8080", "http://gateway", 200)]
    [InlineData("node-7.raft.svc", null, 200)]
    [InlineData("raft.svc", null, 421)]
    [InlineData("other", null, 421)]
    [InlineData("gateway", "http://other", 403)]
    public async Task A_name_that_is_listed_is_the_nodes_own(string host, string? origin, int status)
    {
        await using var node = await TestNode.StartAsync(options: new ApiOptions { Hosts = ["gateway", "*.raft.svc"] });

        using var put = await node.SendAsync(
            HttpMethod.Put, "/api/kv/own", "x", [("Host", host), .. origin is null ? [] : new[] { ("Origin", origin) }]);

        Assert.Equal(status, (int)put.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/docs/index.html")]
    [InlineData("GET", "/page/js/main.js")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/api/status")]
    [InlineData("GET", "/api/kv/sniffed")]
    [InlineData("GET", "/api/kv/none")]
    [InlineData("GET", "/api/kv?limit=x")]
    [InlineData("GET", "/nowhere")]
    [InlineData("PATCH", "/api/status")]
    [InlineData("POST", "/api/snapshot")]
    public async Task No_answer_may_be_taken_for_another_type_than_it_names(string method, string path)
    {
        await _node.PutAsync("/api/kv/sniffed", "<script>");

        using var answer = await _node.SendAsync(new HttpMethod(method), path);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}

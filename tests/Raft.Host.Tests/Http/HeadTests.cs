using System.Net;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>HEAD gets the same response as GET, without the body (RFC 9110 §9.3.2).</summary>
public sealed class HeadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task Every_path_that_takes_GET_takes_HEAD()
    {
        await _node.PutAsync("/api/kv/there", "x");
        string[] paths =
        [
            "/docs", "/docs/index.html", "/api/kv/there", "/api/kv/none", "/api/kv?limit=x", "/nowhere",
            .. _node.Routes.Where(TakesGet).Select(route => $"/{route.RoutePattern.RawText!.TrimStart('/')}")
                .Where(p => !p.Contains('{')),
        ];

        Assert.Contains("/health/live", paths);
        foreach (var path in paths)
        {
            using var get = await _node.Http.SendAsync(new(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead);
            using var head = await _node.SendAsync(HttpMethod.Head, path);

            Assert.Equal((path, get.StatusCode), (path, head.StatusCode));
            Assert.Equal((path, get.Content.Headers.ContentType), (path, head.Content.Headers.ContentType));
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>
    /// The connection is free for the next request: no byte of a body follows, and no event stream continues.
    /// </summary>
    [Theory]
    [InlineData("/api/kv/raw")]
    [InlineData("/api/events")]
    public async Task Nothing_follows_the_headers(string path)
    {
        await _node.PutAsync("/api/kv/raw", "body");

        var answers = await RawHttp.SendAsync(
            _node,
            $"HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            + "GET /api/kv/raw HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        var parts = answers.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, parts.Length);
        Assert.StartsWith("200", parts[0], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", parts[0], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nbody", parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_takes_no_GET_takes_no_HEAD()
    {
        using var answer = await _node.SendAsync(HttpMethod.Head, "/api/snapshot");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_wrong_method_is_told_of_HEAD_where_there_is_GET()
    {
        using var answer = await _node.SendAsync(HttpMethod.Patch, "/api/status");

        Assert.Contains("HEAD", answer.Content.Headers.Allow);
        Assert.Contains("HEAD", await Problems.DetailOf(answer, 405), StringComparison.Ordinal);
    }

    private static bool TakesGet(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true;
}

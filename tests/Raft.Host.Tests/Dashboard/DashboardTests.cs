using System.Net;
using System.Text.RegularExpressions;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Dashboard;

/// <summary>The dashboard in a service.</summary>
public sealed partial class DashboardTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page/css/base.css", "text/css")]
    [InlineData("/page/js/main.js", "text/javascript")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    public async Task Each_file_has_its_type_and_may_ask_nobody_else(string path, string type)
    {
        using var answer = await _node.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "default-src 'none'; ", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task Everything_that_it_links_to_is_there()
    {
        await _node.PutAsync("/api/kv/linked", "x");
        var page = await _node.Http.GetStringAsync("/");

        var links = Link().Matches(page).Select(m => m.Groups["to"].Value).ToArray();

        Assert.Contains("openapi.json", links);
        foreach (var link in links)
        {
            using var answer = await _node.Http.GetAsync($"/{link}");
            Assert.True(answer.IsSuccessStatusCode, $"{link}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [GeneratedRegex("(?:href|src)=\"(?<to>[^\"]+)\"")]
    private static partial Regex Link();
}

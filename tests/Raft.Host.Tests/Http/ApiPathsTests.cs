using System.Net;
using Microsoft.OpenApi;
using Raft.Host.Api;
using Raft.Host.Tests.Http.Documents;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>The API under other paths, and behind reverse proxies.</summary>
public sealed class ApiPathsTests
{
    private static readonly ApiOptions Moved = new()
    {
        Title = "Orders",
        Description = "Where orders are.",
        Version = "2.1",
        Contact = new OpenApiContact { Name = "Ops", Email = "ops@example.com", Url = new Uri("https://example.com/ops") },
        Prefix = "/raft/v1",
        DocumentPath = "/raft-api.json",
        DocsPath = "/about/api",
        BasePath = "/orders",
    };

    [Theory]
    [InlineData("")]
    [InlineData("/orders")]
    public async Task A_node_answers_with_its_base_path_and_without_it(string basePath)
    {
        await using var node = await TestNode.StartAsync(options: Moved);

        using var put = await node.Http.PutAsync($"{basePath}/raft/v1/kv/a%2Fb%20c", new StringContent("x"));
        var read = await node.Http.GetStringAsync($"{basePath}/raft/v1/kv/a/b%20c");
        using var health = await node.Http.GetAsync($"{basePath}/health/ready");

        Assert.Equal("a/b c", (await TestNode.JsonOf(put)).GetProperty("key").GetString());
        Assert.Equal("x", read);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Nothing_of_the_API_is_left_at_the_usual_prefix()
    {
        await using var node = await TestNode.StartAsync(options: Moved);

        Assert.DoesNotContain(node.Routes, r => r.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal));
        using var status = await node.Http.GetAsync("/orders/api/status");
        Assert.Contains(
            "nothing at /orders/api/status. See /orders/raft-api.json for",
            await Problems.DetailOf(status, 404),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_is_where_it_was_put_and_says_what_it_was_told()
    {
        await using var node = await TestNode.StartAsync(options: Moved);

        var document = await ReadDocument.FetchAsync(node.Http, "/orders/raft-api.json");

        Assert.Equal("Orders", document.Info.Title);
        Assert.Equal("Where orders are.", document.Info.Description);
        Assert.Equal("2.1", document.Info.Version);
        Assert.Equal("ops@example.com", document.Info.Contact?.Email);
        Assert.Equal("https://example.com/ops", document.Info.Contact?.Url?.OriginalString);
        Assert.Equal("/orders", Assert.Single(document.Servers!).Url);
        Assert.Contains("/raft/v1/status", document.Paths.Keys);
    }

    [Fact]
    public async Task The_page_learns_the_paths()
    {
        await using var node = await TestNode.StartAsync(options: Moved);

        var page = await node.Http.GetStringAsync("/orders/");

        Assert.Contains("<meta name=\"raft-api\" content=\"raft/v1\">", page, StringComparison.Ordinal);
        Assert.Contains("href=\"about/api\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"raft-api.json\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"api/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_path_without_a_slash_leads_to_the_page()
    {
        await using var node = await TestNode.StartAsync(options: Moved);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = node.Url };

        using var answer = await http.GetAsync("/orders");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/orders/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/about/api")]
    [InlineData("/orders/about/api")]
    public async Task The_docs_page_shows_the_document_and_may_ask_nobody_else(string path)
    {
        await using var node = await TestNode.StartAsync(options: Moved);

        using var page = await node.Http.GetAsync(path);
        var text = await page.Content.ReadAsStringAsync();
        var script = await node.Http.GetStringAsync($"{path}/index.js");

        Assert.EndsWith($"{path}/index.html", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("<title>Orders</title>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.Contains("\"url\":\"../../raft-api.json\"", script, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; ",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("swagger-ui.css")]
    [InlineData("swagger-ui-bundle.js")]
    [InlineData("swagger-ui-standalone-preset.js")]
    public async Task The_docs_page_has_its_own_files(string file)
    {
        await using var node = await TestNode.StartAsync();

        Assert.True((await node.Http.GetStringAsync($"/docs/{file}")).Length > 1000);
    }

    [Fact]
    public async Task Without_a_docs_page_there_is_none()
    {
        await using var node = await TestNode.StartAsync(options: new ApiOptions { DocsPath = null });

        using var docs = await node.Http.GetAsync("/docs");

        await Problems.DetailOf(docs, 404);
        Assert.DoesNotContain("href=\"docs\"", await node.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_is_text_and_no_markup()
    {
        await using var node = await TestNode.StartAsync(options: new ApiOptions { Title = "</title><script>alert(1)</script>" });

        Assert.DoesNotContain("<script>alert", await node.Http.GetStringAsync("/docs/index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", await node.Http.GetStringAsync("/docs/index.js"), StringComparison.Ordinal);
    }
}

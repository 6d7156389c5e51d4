using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class KeyValueRoutesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Fact]
    public async Task A_value_is_read_as_it_was_put_with_its_revision_as_ETag()
    {
        var value = RandomNumberGenerator.GetBytes(5000);

        using var put = await _node.Http.PutAsync("/api/kv/bytes", new ByteArrayContent(value));
        var write = await TestNode.JsonOf(put);
        using var get = await _node.Http.GetAsync("/api/kv/bytes");

        Assert.Equal("bytes", write.GetProperty("key").GetString());
        Assert.Equal(write.GetProperty("index").GetInt64(), write.GetProperty("revision").GetInt64());
        Assert.True(write.GetProperty("term").GetInt64() > 0);
        var tag = $"\"{write.GetProperty("revision")}\"";
        Assert.Equal(tag, put.Headers.ETag?.Tag);
        Assert.Equal(tag, get.Headers.ETag?.Tag);
        Assert.Equal("application/octet-stream", get.Content.Headers.ContentType?.MediaType);
        Assert.Equal(value, await get.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("linearizable")]
    [InlineData("stale")]
    public async Task A_single_node_answers_both_consistencies_with_the_last_write(string consistency)
    {
        await _node.PutAsync($"/api/kv/{consistency}", "now");

        Assert.Equal("now", await _node.Http.GetStringAsync($"/api/kv/{consistency}?consistency={consistency}"));
    }

    [Fact]
    public async Task An_empty_value_is_a_value()
    {
        await _node.PutAsync("/api/kv/nothing", "");

        using var get = await _node.Http.GetAsync("/api/kv/nothing");

        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Empty(await get.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_found()
    {
        using var get = await _node.Http.GetAsync("/api/kv/absent");
        using var delete = await _node.Http.DeleteAsync("/api/kv/absent");

        Assert.Contains("'absent'", await Problems.DetailOf(get, 404), StringComparison.Ordinal);
        Assert.Contains("'absent'", await Problems.DetailOf(delete, 404), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_key_is_gone()
    {
        var revision = await _node.PutAsync("/api/kv/doomed", "x");

        using var delete = await _node.Http.DeleteAsync("/api/kv/doomed");
        using var get = await _node.Http.GetAsync("/api/kv/doomed");

        var answer = await TestNode.JsonOf(delete);
        Assert.Equal("doomed", answer.GetProperty("key").GetString());
        Assert.Equal(revision, answer.GetProperty("revision").GetInt64());
        Assert.True(answer.GetProperty("index").GetInt64() > revision);
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"{0}\"")]
    public async Task If_Match_replaces_the_revision_it_names_and_no_other(string form)
    {
        var path = $"/api/kv/cas-{form.Length}";
        var first = await _node.PutAsync(path, "one");
        var ifFirst = ("If-Match", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first));

        using var done = await _node.SendAsync(HttpMethod.Put, path, "two", ifFirst);
        using var late = await _node.SendAsync(HttpMethod.Put, path, "three", ifFirst);

        var second = (await TestNode.JsonOf(done)).GetProperty("revision").GetInt64();
        Assert.Contains($"revision {second}", await Problems.DetailOf(late, 412), StringComparison.Ordinal);
        Assert.Equal(second, (await TestNode.JsonOf(late)).GetProperty("currentRevision").GetInt64());
        Assert.Equal("two", await _node.Http.GetStringAsync(path));
    }

    [Fact]
    public async Task If_Match_of_a_key_that_is_not_there_fails()
    {
        using var put = await _node.SendAsync(HttpMethod.Put, "/api/kv/never", "x", ("If-Match", "7"));

        Assert.Contains("does not exist", await Problems.DetailOf(put, 412), StringComparison.Ordinal);
        Assert.Equal(0, (await TestNode.JsonOf(put)).GetProperty("currentRevision").GetInt64());
    }

    [Fact]
    public async Task If_None_Match_star_creates_and_never_replaces()
    {
        using var created = await _node.SendAsync(HttpMethod.Put, "/api/kv/once", "first", ("If-None-Match", "*"));
        using var refused = await _node.SendAsync(HttpMethod.Put, "/api/kv/once", "second", ("If-None-Match", "*"));

        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        await Problems.DetailOf(refused, 412);
        Assert.Equal("first", await _node.Http.GetStringAsync("/api/kv/once"));
    }

    [Fact]
    public async Task If_Match_deletes_the_revision_it_names_and_no_other()
    {
        var revision = await _node.PutAsync("/api/kv/guarded", "x");

        using var refused = await _node.SendAsync(
            HttpMethod.Delete, "/api/kv/guarded", null, ("If-Match", $"{revision + 1}"));
        using var kept = await _node.Http.GetAsync("/api/kv/guarded");
        using var done = await _node.SendAsync(HttpMethod.Delete, "/api/kv/guarded", null, ("If-Match", $"{revision}"));

        await Problems.DetailOf(refused, 412);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task A_reader_that_has_the_revision_gets_304()
    {
        var revision = await _node.PutAsync("/api/kv/cached", "x");

        using var get = await _node.SendAsync(HttpMethod.Get, "/api/kv/cached", null, ("If-None-Match", $"\"{revision}\""));

        Assert.Equal(HttpStatusCode.NotModified, get.StatusCode);
    }

    [Fact]
    public async Task A_reader_that_insists_on_another_revision_gets_a_problem()
    {
        await _node.PutAsync("/api/kv/newer", "x");

        using var get = await _node.SendAsync(HttpMethod.Get, "/api/kv/newer", null, ("If-Match", "\"999999\""));

        await Problems.DetailOf(get, 412);
    }

    [Fact]
    public async Task Keys_are_listed_in_pages_that_neither_miss_nor_repeat_one()
    {
        string[] keys = ["page/a", "page/b", "page/c d", "page/é", "page/日本"];
        foreach (var key in keys) await _node.PutAsync($"/api/kv/{Uri.EscapeDataString(key)}", key);
        await _node.PutAsync("/api/kv/pagf", "not in the prefix");

        var seen = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await _node.GetJsonAsync($"/api/kv?prefix=page/&limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("key").GetString()!));
            cursor = page.GetProperty("cursor").GetString();
        }

        Assert.Equal(keys, seen);
    }

    [Fact]
    public async Task A_listed_key_has_its_revision_and_size()
    {
        var revision = await _node.PutAsync("/api/kv/sized", "12345");

        var page = await _node.GetJsonAsync("/api/kv?prefix=sized&consistency=stale");

        var key = Assert.Single(page.GetProperty("keys").EnumerateArray());
        Assert.Equal(revision, key.GetProperty("revision").GetInt64());
        Assert.Equal(5, key.GetProperty("bytes").GetInt32());
    }
}

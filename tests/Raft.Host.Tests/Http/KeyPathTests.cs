using System.Globalization;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class KeyPathTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a+b")]
    [InlineData("100%", "100%25")]
    [InlineData("%2F", "%252F")]
    [InlineData("x/y/z", "x/y/z")]
    [InlineData("x/y/z", "x%2Fy%2fz")]
    [InlineData("/leading", "/leading")]
    [InlineData("/", "/")]
    [InlineData("trailing/", "trailing/")]
    [InlineData("two//slashes//", "two//slashes//")]
    [InlineData("../up", "..%2Fup")]
    [InlineData("clé/日本/😀", "cl%C3%A9/%E6%97%A5%E6%9C%AC/%F0%9F%98%80")]
    [InlineData("q?a=b&c#d", "q%3Fa%3Db%26c%23d")]
    [InlineData("UPPER", "UPPER")]
    [InlineData("tab\tand\nline", "tab%09and%0Aline")]
    public async Task A_key_comes_back_as_it_was_encoded(string key, string encoded)
    {
        var put = await RawHttp.RequestAsync(_node, "PUT", $"/api/kv/{encoded}");

        Assert.StartsWith("HTTP/1.1 200", put, StringComparison.Ordinal);
        var read = await new Actors.Clients.KeyValueClient(_node.Client).GetAsync(key);
        Assert.NotEqual(0, read.Revision);
        var get = await RawHttp.RequestAsync(_node, "GET", $"http://localhost/api/kv/{encoded}?consistency=stale");
        Assert.Contains($"ETag: \"{read.Revision}\"", get, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpClient_and_an_escaped_key_agree()
    {
        const string Key = "dir/ü%20 /\"x\"//";
        await _node.PutAsync($"/api/kv/{Uri.EscapeDataString(Key)}", "v");

        var page = await _node.GetJsonAsync("/api/kv?prefix=dir/");

        Assert.Equal(Key, Assert.Single(page.GetProperty("keys").EnumerateArray()).GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_key_of_1024_bytes_fits_however_it_is_encoded()
    {
        var key = new string('é', 512);

        await _node.PutAsync($"/api/kv/{Uri.EscapeDataString(key)}", "v");

        Assert.Equal("v", await _node.Http.GetStringAsync($"/api/kv/{key}"));
    }

    [Theory]
    [InlineData("PUT", "/api/kv/", "empty")]
    [InlineData("PUT", "/api/kv", "empty")]
    [InlineData("PUT", "/api/kv/?x=1", "empty")]
    [InlineData("GET", "/api/kv/", "empty")]
    [InlineData("DELETE", "/api/kv/", "empty")]
    [InlineData("PUT", "/api/kv/50%", "two hexadecimal digits")]
    [InlineData("PUT", "/api/kv/50%4", "two hexadecimal digits")]
    [InlineData("PUT", "/api/kv/50%zz", "two hexadecimal digits")]
    [InlineData("PUT", "/api/kv/a%FFb", "UTF-8")]
    [InlineData("PUT", "/api/kv/%C3", "UTF-8")]
    [InlineData("PUT", "/api/kv/%C0%AF", "UTF-8")]
    [InlineData("PUT", "/api/kv/%ED%A0%80", "UTF-8")]
    [InlineData("PUT", "/api/kv/a/../b", "between two slashes")]
    [InlineData("PUT", "/api/kv/a/%2E%2e/b", "between two slashes")]
    [InlineData("PUT", "/api/kv/a/./b", "between two slashes")]
    public async Task A_key_that_is_not_valid_is_refused_in_a_sentence(string method, string target, string why)
    {
        var before = await LastIndexAsync();

        var answer = await RawHttp.RequestAsync(_node, method, target);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains(why, answer, StringComparison.Ordinal);
        Assert.Equal(before, await LastIndexAsync());
    }

    [Theory]
    [InlineData("/api/kv/null%00byte")]
    [InlineData("/api/kv/raw\u00FFbyte")]
    public async Task What_the_server_itself_refuses_is_a_bad_request(string target)
    {
        var before = await LastIndexAsync();

        var answer = await RawHttp.RequestAsync(_node, "PUT", target);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(before, await LastIndexAsync());
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(10_000)]
    public async Task A_key_that_is_too_long_is_refused(int length)
    {
        var before = await LastIndexAsync();

        using var answer = await _node.Http.PutAsync($"/api/kv/{new string('k', length)}", new StringContent("v"));

        var detail = await Problems.DetailOf(answer, 413);
        Assert.Contains(length.ToString(CultureInfo.InvariantCulture), detail, StringComparison.Ordinal);
        Assert.Contains("1024", detail, StringComparison.Ordinal);
        Assert.Equal(before, await LastIndexAsync());
    }

    private async Task<long> LastIndexAsync() =>
        (await _node.GetJsonAsync("/api/status")).GetProperty("lastLogIndex").GetInt64();
}

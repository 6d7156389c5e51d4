using System.Text;
using System.Text.Json;
using Raft.Host.Tests.Http;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class KeyValueCommandsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("colour")]
    [InlineData("a/b//")]
    [InlineData("50% off?#")]
    [InlineData("clé 日本")]
    [InlineData("../up")]
    public async Task What_is_put_is_got(string key)
    {
        var put = await CommandLine.RunAsync(_node, "kv", "put", key, "red");
        var get = await CommandLine.RunAsync(_node, "kv", "get", key);

        Assert.StartsWith($"{key} is set: revision ", put.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (put.ExitCode, get.ExitCode));
        Assert.Equal("red", get.Output);
        Assert.Equal("", put.Error + get.Error);
    }

    [Fact]
    public async Task A_dash_reads_the_value_from_standard_input()
    {
        var value = new byte[] { 0, 255, 10, 13, 128 };

        var put = await CommandLine.RunAsync(_node, value, "kv", "put", "binary", "-");

        Assert.Equal(0, put.ExitCode);
        Assert.Equal(value, await _node.Http.GetByteArrayAsync("/api/kv/binary"));
    }

    [Fact]
    public async Task Standard_input_that_is_too_large_is_refused()
    {
        var put = await CommandLine.RunAsync(_node, new byte[256 * 1024 + 1], "kv", "put", "large", "-");

        Assert.Equal(1, put.ExitCode);
        Assert.Contains("262144", put.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_begins_with_a_dash_comes_after_two()
    {
        var put = await CommandLine.RunAsync([], ["kv", "put", "--node", _node.Url.ToString(), "--", "negative", "-5"]);

        Assert.Equal(0, put.ExitCode);
        Assert.Equal("-5", await _node.Http.GetStringAsync("/api/kv/negative"));
    }

    /// <summary>A file of that name exists, but its contents must not be read.</summary>
    [Theory]
    [InlineData("@alice")]
    [InlineData("@")]
    [InlineData("/h")]
    [InlineData("/?")]
    public async Task A_value_is_stored_as_it_is_typed(string value)
    {
        var put = await CommandLine.RunAsync(_node, "kv", "put", "typed", value);

        Assert.Equal((0, ""), (put.ExitCode, put.Error));
        Assert.Equal(value, await _node.Http.GetStringAsync("/api/kv/typed"));
    }

    [Theory]
    [InlineData("@key")]
    [InlineData("/?")]
    public async Task A_key_is_named_as_it_is_typed(string key)
    {
        var put = await CommandLine.RunAsync(_node, "kv", "put", key, "x", "--idempotency-key", $"{key} once");
        var get = await CommandLine.RunAsync(_node, "kv", "get", key);
        var list = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", key);

        Assert.Equal((0, 0, 0), (put.ExitCode, get.ExitCode, list.ExitCode));
        Assert.Equal("x", get.Output);
        Assert.StartsWith($"{key} ", list.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read_where_an_option_names_it()
    {
        using var folder = new TempFolder();
        byte[] value = [0, 255, 10, 13, 128];
        await File.WriteAllBytesAsync(folder.File("value"), value);

        var put = await CommandLine.RunAsync(_node, "kv", "put", "filed", "--file", folder.File("value"));

        Assert.Equal((0, ""), (put.ExitCode, put.Error));
        Assert.Equal(value, await _node.Http.GetByteArrayAsync("/api/kv/filed"));
    }

    [Fact]
    public async Task A_file_that_can_not_be_a_value_is_refused_in_a_line()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("large"), new byte[256 * 1024 + 1]);

        foreach (var (file, why) in new[] { ("large", "262144"), ("none", "can't be read"), ("", "can't be read") })
        {
            var put = await CommandLine.RunAsync(_node, "kv", "put", "filed", "--file", folder.File(file));

            Assert.Equal((1, ""), (put.ExitCode, put.Output));
            Assert.Contains(why, put.Error, StringComparison.Ordinal);
            Assert.Single(put.Error.TrimEnd().Split('\n'));
        }
    }

    [Theory]
    [InlineData("kv", "put", "both", "x", "--file", "y")]
    [InlineData("kv", "put", "none")]
    public async Task A_put_has_one_value(params string[] args)
    {
        var put = await CommandLine.RunAsync(_node, args);

        Assert.Equal(2, put.ExitCode);
        Assert.Contains("VALUE or --file", put.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_condition_ends_with_1_and_says_which_revision_stands()
    {
        var revision = await _node.PutAsync("/api/kv/guarded", "x");

        var absent = await CommandLine.RunAsync(_node, "kv", "put", "guarded", "y", "--if-absent");
        var other = await CommandLine.RunAsync(_node, "kv", "put", "guarded", "y", "--if-revision", $"{revision + 1}");
        var delete = await CommandLine.RunAsync(_node, "kv", "delete", "guarded", "--if-revision", $"{revision + 1}");
        var same = await CommandLine.RunAsync(_node, "kv", "put", "guarded", "y", "--if-revision", $"{revision}");

        foreach (var refused in new[] { absent, other, delete })
        {
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
            Assert.Contains($"revision {revision}", refused.Error, StringComparison.Ordinal);
            Assert.Single(refused.Error.TrimEnd().Split('\n'));
        }

        Assert.Equal(0, same.ExitCode);
    }

    [Fact]
    public async Task A_deleted_key_is_not_found()
    {
        await _node.PutAsync("/api/kv/doomed", "x");

        var delete = await CommandLine.RunAsync(_node, "kv", "delete", "doomed");
        var again = await CommandLine.RunAsync(_node, "kv", "delete", "doomed");
        var get = await CommandLine.RunAsync(_node, "kv", "get", "doomed");

        Assert.StartsWith("doomed is deleted", delete.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1, 1), (delete.ExitCode, again.ExitCode, get.ExitCode));
        Assert.Equal($"raft: The key 'doomed' does not exist.{Environment.NewLine}", get.Error);
    }

    [Fact]
    public async Task For_programs_there_is_JSON()
    {
        var put = await CommandLine.RunAsync(_node, "kv", "put", "json", "é", "--json");
        var get = await CommandLine.RunAsync(_node, "kv", "get", "json", "--json", "--consistency", "follower");
        var list = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", "json", "--json");
        var delete = await CommandLine.RunAsync(_node, "kv", "delete", "json", "--json");

        var revision = Json(put).GetProperty("revision").GetInt64();
        Assert.Equal("json", Json(get).GetProperty("key").GetString());
        Assert.Equal(revision, Json(get).GetProperty("revision").GetInt64());
        Assert.Equal("follower", Json(get).GetProperty("consistency").GetString());
        Assert.Equal(revision, Json(get).GetProperty("index").GetInt64());
        Assert.Equal("é", Encoding.UTF8.GetString(Json(get).GetProperty("value").GetBytesFromBase64()));
        Assert.Equal(revision, Json(list).GetProperty("keys")[0].GetProperty("revision").GetInt64());
        Assert.Equal(revision, Json(delete).GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page_without_colours()
    {
        foreach (var key in new[] { "list/[red]a", "list/b", "list/c" })
            await CommandLine.RunAsync(_node, "kv", "put", key, "12345");

        var first = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", "list/", "--limit", "2");
        var cursor = first.Error.Trim().Split(' ')[^1];
        var second = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", "list/", "--cursor", cursor);

        Assert.Equal("KEY REVISION BYTES", Squeeze(first.Lines[0]));
        Assert.Equal(["list/[red]a", "list/b"], first.Lines[1..].Select(l => l.Split(' ')[0]));
        Assert.Equal(["list/c"], second.Lines[1..].Select(l => l.Split(' ')[0]));
        Assert.Equal("", second.Error);
        Assert.DoesNotContain('\u001b', first.Output);
    }

    [Fact]
    public async Task A_key_with_control_characters_does_not_steer_the_terminal()
    {
        await CommandLine.RunAsync(_node, "kv", "put", "evil\u001b[31m", "x");

        var list = await CommandLine.RunAsync(_node, "kv", "list", "--prefix", "evil");
        var log = await CommandLine.RunAsync(_node, "log");

        Assert.Contains("evil\\u001b[31m", list.Output, StringComparison.Ordinal);
        Assert.Contains("put evil\\u001b[31m (1 byte)", log.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', list.Output + log.Output);
    }

    [Theory]
    [InlineData(".", "every URL drops it")]
    [InlineData("..", "every URL drops it")]
    [InlineData("", "The key is empty")]
    public async Task A_key_that_no_URL_can_name_is_refused(string key, string why)
    {
        foreach (var args in new string[][] { ["kv", "put", key, "x"], ["kv", "get", key], ["kv", "delete", key] })
        {
            var run = await CommandLine.RunAsync(_node, args);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(why, run.Error, StringComparison.Ordinal);
        }
    }

    private static JsonElement Json(CommandRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

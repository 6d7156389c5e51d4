using System.Text;
using Raft.Actors.AspNetCore.Http;
using Raft.Actors.Groups;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Host.Tests.Http;

public sealed class LeadershipRoutesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Path = "/api/leadership/transfer";

    private readonly TestNode _node = shared.Node;

    [Theory]
    [InlineData("{\"to\":", "not valid JSON")]
    [InlineData("to=n2", "not valid JSON")]
    [InlineData("{\"to\":\"n1\",\"to\":\"n2\"}", "not valid JSON")]
    [InlineData("\u00ff\u00fe", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"n2\"", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{\"target\":\"n2\"}", "unknown field 'target'")]
    [InlineData("{\"To\":\"n2\"}", "unknown field 'To'")]
    [InlineData("{\"to\":\"n2\",\"force\":true}", "unknown field 'force'")]
    [InlineData("{\"to\":2}", "must be a string")]
    [InlineData("{\"to\":[\"n2\"]}", "must be a string")]
    [InlineData("{\"to\":true}", "must be a string")]
    [InlineData("{\"to\":\"\"}", "is not a valid node id")]
    [InlineData("{\"to\":\"n 2\"}", "'n 2' is not a valid node id")]
    [InlineData("{\"to\":\"\\ud800\"}", "not valid UTF-16")]
    [InlineData("{\"to\":\"n9\"}", "n9 is no member")]
    public async Task A_body_that_names_no_member_is_refused(string body, string why)
    {
        var before = await _node.GetJsonAsync("/api/status");

        using var answer = await PostAsync(body);

        Assert.Contains(why, await Problems.DetailOf(answer, 400), StringComparison.Ordinal);
        var after = await _node.GetJsonAsync("/api/status");
        Assert.Equal("leader", after.GetProperty("role").GetString());
        Assert.Equal(before.GetProperty("term").GetInt64(), after.GetProperty("term").GetInt64());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task A_body_that_is_not_marked_as_JSON_is_refused(string? type)
    {
        using var answer = await PostAsync("{\"to\":\"n1\"}", type);

        Assert.Contains("Content-Type: application/json", await Problems.DetailOf(answer, 415), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(900 * 1024)]
    public async Task A_body_that_is_too_large_is_refused(int bytes)
    {
        using var answer = await PostAsync("{\"to\":\"" + new string('n', bytes) + "\"}");

        Assert.Contains("4096", await Problems.DetailOf(answer, 413), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"to\":\"n1\"}", "application/json", "leads already")]
    [InlineData("{\"to\":\"n1\"}", "application/json; charset=utf-8", "leads already")]
    [InlineData("{\"to\":null}", "application/json", "No other member")]
    [InlineData("{}", "application/json", "No other member")]
    [InlineData("", "application/json", "No other member")]
    public async Task A_member_that_is_alone_goes_on_leading(string body, string? type, string why)
    {
        using var answer = await PostAsync(body, type);

        Assert.Contains(why, await Problems.DetailOf(answer, 409), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_leader_there_is_nothing_to_transfer()
    {
        await using var node = await TestNode.StartWithLostMemberAsync();

        using var answer = await node.PostAsync(Path);

        Assert.Contains("No leader is known", await Problems.DetailOf(answer, 503), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(TransferRefusal.NoMember, 400)]
    [InlineData(TransferRefusal.Conflict, 409)]
    [InlineData(TransferRefusal.NoLeader, 503)]
    [InlineData(TransferRefusal.TimedOut, 504)]
    public void Each_refusal_has_a_status_and_keeps_its_reason(TransferRefusal refusal, int status)
    {
        var problem = KnownProblems.Of(new TransferRefusedException(refusal, "n2 sleeps."));

        Assert.Equal(status, problem?.Status);
        Assert.Equal("n2 sleeps.", problem?.Detail);
    }

    [Fact]
    public async Task The_document_says_what_the_body_is()
    {
        var document = await _node.GetJsonAsync("/openapi.json");

        var body = document.GetProperty("paths").GetProperty(Path).GetProperty("post").GetProperty("requestBody");
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.True(body.GetProperty("required").GetBoolean());
        Assert.True(schema.GetProperty("properties").TryGetProperty("to", out _));
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        if (type is not null) Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", type));
        return await _node.Http.PostAsync(Path, content);
    }
}

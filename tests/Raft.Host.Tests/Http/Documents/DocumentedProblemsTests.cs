using System.Globalization;
using Xunit;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>Every documented problem occurs as listed below, with a response as documented.</summary>
public sealed class DocumentedProblemsTests
{
    private static readonly string LongKey = $"/api/kv/{new string('k', 2000)}";
    private static readonly string LongJson = new(' ', 5000);

    /// <summary>The requests that cause the problems, and the state of the node for each.</summary>
    private static readonly Provocation[] Table =
    [
        new("putKey", 400, Scene.Healthy, "PUT", "/api/kv/x", "v", "If-Match: red"),
        new("putKey", 412, Scene.Healthy, "PUT", "/api/kv/x", "v", "If-Match: 999999"),
        new("putKey", 413, Scene.Healthy, "PUT", LongKey, "v"),
        new("putKey", 429, Scene.Busy, "PUT", "/api/kv/x", "v"),
        new("putKey", 503, Scene.Leaderless, "PUT", "/api/kv/x", "v"),
        new("putKey", 504, Scene.Silent, "PUT", "/api/kv/x", "v"),
        new("getKey", 400, Scene.Healthy, "GET", "/api/kv/x?consistency=strong"),
        new("getKey", 404, Scene.Healthy, "GET", "/api/kv/none"),
        new("getKey", 412, Scene.Healthy, "GET", "/api/kv/there", null, "If-Match: \"999999\""),
        new("getKey", 413, Scene.Healthy, "GET", LongKey),
        new("getKey", 429, Scene.Busy, "GET", "/api/kv/x"),
        new("getKey", 503, Scene.Leaderless, "GET", "/api/kv/x"),
        new("deleteKey", 400, Scene.Healthy, "DELETE", "/api/kv/x", null, "If-None-Match: *"),
        new("deleteKey", 404, Scene.Healthy, "DELETE", "/api/kv/none"),
        new("deleteKey", 412, Scene.Healthy, "DELETE", "/api/kv/there", null, "If-Match: 999999"),
        new("deleteKey", 413, Scene.Healthy, "DELETE", LongKey),
        new("deleteKey", 429, Scene.Busy, "DELETE", "/api/kv/x"),
        new("deleteKey", 503, Scene.Leaderless, "DELETE", "/api/kv/x"),
        new("deleteKey", 504, Scene.Silent, "DELETE", "/api/kv/x"),
        new("listKeys", 400, Scene.Healthy, "GET", "/api/kv?limit=ten"),
        new("listKeys", 429, Scene.Busy, "GET", "/api/kv"),
        new("listKeys", 503, Scene.Leaderless, "GET", "/api/kv"),
        new("getStatus", 400, Scene.Healthy, "GET", "/api/status?node=a%20b"),
        new("getStatus", 404, Scene.Healthy, "GET", "/api/status?node=n9"),
        new("getStatus", 503, Scene.Halted, "GET", "/api/status"),
        new("getLog", 400, Scene.Healthy, "GET", "/api/log?from=0"),
        new("getLog", 404, Scene.Healthy, "GET", "/api/log?node=n9"),
        new("getLog", 503, Scene.Halted, "GET", "/api/log"),
        new("getActors", 400, Scene.Healthy, "GET", "/api/actors?depth=-1"),
        new("getActors", 404, Scene.Healthy, "GET", "/api/actors?under=/user/nobody"),
        new("getActors", 503, Scene.Leaderless, "GET", "/api/actors?node=n2"),
        new("getLiveness", 503, Scene.Halted, "GET", "/health/live"),
        new("getReadiness", 503, Scene.Leaderless, "GET", "/health/ready"),
        new("transferLeadership", 400, Scene.Healthy, "POST", "/api/leadership/transfer", "{\"to\":\"n9\"}"),
        new("transferLeadership", 409, Scene.Healthy, "POST", "/api/leadership/transfer", "{\"to\":\"n1\"}"),
        new("transferLeadership", 413, Scene.Healthy, "POST", "/api/leadership/transfer", LongJson),
        new("transferLeadership", 415, Scene.Healthy, "POST", "/api/leadership/transfer", "{}", "Content-Type: text/plain"),
        new("transferLeadership", 503, Scene.Leaderless, "POST", "/api/leadership/transfer", "{}"),
        new("takeSnapshot", 400, Scene.Healthy, "POST", "/api/snapshot?node=a%20b", "{}"),
        new("takeSnapshot", 404, Scene.Healthy, "POST", "/api/snapshot?node=n9", "{}"),
        new("takeSnapshot", 415, Scene.Healthy, "POST", "/api/snapshot"),
        new("takeSnapshot", 503, Scene.Leaderless, "POST", "/api/snapshot", "{}"),
        new("pauseNode", 404, Scene.Dev, "POST", "/api/dev/nodes/n9/pause", "{}"),
        new("pauseNode", 409, Scene.Dev, "POST", "/api/dev/nodes/n2/pause", "{}"),
        new("pauseNode", 415, Scene.Dev, "POST", "/api/dev/nodes/n3/pause"),
        new("resumeNode", 404, Scene.Dev, "POST", "/api/dev/nodes/n9/resume", "{}"),
        new("resumeNode", 409, Scene.Dev, "POST", "/api/dev/nodes/n2/resume", "{}"),
        new("resumeNode", 415, Scene.Dev, "POST", "/api/dev/nodes/n3/resume"),
        new("crashNode", 404, Scene.Dev, "POST", "/api/dev/nodes/n9/crash", "{}"),
        new("crashNode", 415, Scene.Dev, "POST", "/api/dev/nodes/n3/crash"),
        new("restartNode", 404, Scene.Dev, "POST", "/api/dev/nodes/n9/restart", "{}"),
        new("restartNode", 409, Scene.Dev, "POST", "/api/dev/nodes/n1/restart", "{}"),
        new("restartNode", 415, Scene.Dev, "POST", "/api/dev/nodes/n3/restart"),
        new("cutLink", 404, Scene.Dev, "PUT", "/api/dev/links/n1/n9"),
        new("cutLink", 409, Scene.Dev, "PUT", "/api/dev/links/n1/n1"),
        new("healLink", 404, Scene.Dev, "DELETE", "/api/dev/links/n1/n9"),
        new("healLink", 409, Scene.Dev, "DELETE", "/api/dev/links/n1/n1"),
    ];

    /// <summary>The problems that no single request causes, and why.</summary>
    private static readonly Dictionary<(string Operation, int Status), string> Unprovoked = new()
    {
        [("transferLeadership", 504)] = "a node must die in the middle of a transfer; LeadershipRoutesTests has the answer",
        [("healAllFaults", 409)] = "the port or the journal of a crashed node must be taken by somebody else",
        [("followEvents", 503)] = "so many readers must be there; EventStreamTests has the answer",
    };

    [Fact]
    public async Task Every_documented_problem_is_answered_as_documented()
    {
        await using var scenes = new Scenes();
        var document = await ReadDocument.FetchAsync(await scenes.GetAsync(Scene.Dev), "/openapi.json");
        var operations = ReadDocument.Operations(document).ToDictionary(o => o.Id);
        var problems = new List<string>();
        foreach (var row in Table)
        {
            var http = await scenes.GetAsync(row.Scene);
            using var request = row.Request();
            problems.AddRange(await DocumentedCall.ProblemsAsync(
                http, operations[row.Operation], request, status => status == row.Status));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task The_table_has_every_documented_problem_and_no_other()
    {
        await using var dev = await DevNodes.StartAsync();
        var documented =
            from operation in ReadDocument.Operations(await ReadDocument.FetchAsync(dev.Http, "/openapi.json"))
            from status in operation.Said.Responses!.Keys.Select(key => int.Parse(key, CultureInfo.InvariantCulture))
            where status >= 400
            select $"{operation.Id} {status}";

        var known = Table.Select(row => (row.Operation, row.Status)).Concat(Unprovoked.Keys)
            .Select(k => $"{k.Operation} {k.Status}");

        Assert.Equal(documented.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }
}

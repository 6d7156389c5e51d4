using System.Text.Json;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>The program's log, parsed by a program.</summary>
[Collection(nameof(ProcessTests))]
public sealed class LogTests
{
    [Fact]
    public async Task Elections_are_objects_a_line_and_writes_without_faults_log_nothing()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(3);
        await using var raft = await RaftProcess.StartAsync(
            "Press Ctrl-C",
            ["dev", "--data", data.Path, "--port", $"{port}"],
            new Dictionary<string, string> { ["RAFT_LOG_FORMAT"] = "json" });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var node = 0; node < 3; node++) await BecomesReadyAsync(http, port + node);
        var before = Lines(raft);

        for (var i = 0; i < 100; i++)
        {
            using var put = await http.PutAsync($"http://127.0.0.1:{port + (i % 3)}/api/kv/k{i}", new StringContent("x"));
            put.EnsureSuccessStatusCode();
        }

        var won = before.Last(line => PropertyOf(line, "Role") == "leader");
        Assert.Equal("info", won.GetProperty("level").GetString());
        Assert.Equal("{Node} term {Term}: {FromRole} → {Role} ({Reason})", won.GetProperty("template").GetString());
        Assert.Equal("candidate", PropertyOf(won, "FromRole"));

        // On a busy machine there may be an election, whose log lines have a newer term.
        var term = TermOf(won);
        Assert.All(Lines(raft).Skip(before.Count), line => Assert.True(TermOf(line) > term, line.ToString()));
    }

    private static async Task BecomesReadyAsync(HttpClient http, int port)
    {
        while (true)
        {
            using var ready = await http.GetAsync($"http://127.0.0.1:{port}/health/ready");
            if (ready.IsSuccessStatusCode) return;
        }
    }

    private static List<JsonElement> Lines(RaftProcess raft) =>
    [
        .. raft.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static string? PropertyOf(JsonElement line, string name) =>
        line.TryGetProperty("properties", out var all) && all.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static long TermOf(JsonElement line) => long.Parse(PropertyOf(line, "Term") ?? "0");
}

using System.Text.Json;
using Raft.Host.Client;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class DoctorCommandTests
{
    /// <summary>The node's journal is in memory, which causes a warning; the member n2 does not run.</summary>
    [Fact]
    public async Task Without_a_majority_it_says_why_nobody_leads_and_ends_with_7()
    {
        await using var node = await TestNode.StartWithLostMemberAsync();

        var run = await CommandLine.RunAsync(node, "doctor");

        Assert.Equal((ExitCode.Problems, ""), (run.ExitCode, run.Error));
        Assert.Equal("As seen from n1:", run.Lines[0]);
        Assert.StartsWith("problem  leader         No node leads: n1 is ", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("→ 1 of 2 members respond, but 2 are needed", run.Lines[2], StringComparison.Ordinal);
        Assert.Contains(" does not respond to n1", run.Output, StringComparison.Ordinal);
        Assert.Contains("raft.allow-in-memory-journal = on", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_are_only_warnings_it_ends_with_6_also_for_programs()
    {
        await using var node = await TestNode.StartAsync();
        await node.PutAsync("/api/kv/x", "y");

        var run = await CommandLine.RunAsync(node, "doctor", "--json");

        var doctor = JsonSerializer.Deserialize<JsonElement>(run.Output);
        Assert.Equal((ExitCode.Warnings, "warning"), (run.ExitCode, doctor.GetProperty("severity").GetString()));
        Assert.Equal(["warning"], doctor.GetProperty("findings").EnumerateArray()
            .Select(f => f.GetProperty("severity").GetString()).Where(s => s is not ("ok" or "note")));
    }
}

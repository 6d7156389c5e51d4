using System.Text.Json;
using Raft.Host.Tests.Processes;
using Raft.Simulation;
using Xunit;

namespace Raft.Host.Tests.Commands;

/// <summary>The report of a run that violated a property.</summary>
public sealed class SimulateFailureTests : IDisposable
{
    private const string Check = "the workload's invariant";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task People_see_the_property_the_facts_the_command_the_schedule_and_the_page()
    {
        var run = await SimulateRuns.FailAsync(Args("1", "--out", _folder.File("pages/new")));

        var page = _folder.File("pages/new/seed-1.html");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal("1 seed of 3 nodes: 1 violation", run.Lines[0]);
        Assert.Contains(run.Lines, l => l.StartsWith($"seed 1 violates: {Check} (", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.StartsWith("fact:   n", StringComparison.Ordinal));
        Assert.Contains("but:    three is too many", run.Lines);
        Assert.Contains("repeat: raft simulate --seeds 1 --nodes 3 --duration 5s --faults network,disk --clients 5", run.Lines);
        Assert.Contains(run.Lines, l => l.StartsWith("shrunk to ", StringComparison.Ordinal));
        Assert.Equal($"page:   {page}", run.Lines[^1]);
        Assert.Contains("<!DOCTYPE html>", await File.ReadAllTextAsync(page), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Programs_get_the_same()
    {
        var run = await SimulateRuns.FailAsync(Args("1..2", "--out", _folder.Path, "--json"));

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var json = JsonSerializer.Deserialize<JsonElement>(Assert.Single(run.Lines));
        Assert.Equal(2, json.GetProperty("violations").GetInt32());
        var failure = json.GetProperty("failures")[1];
        Assert.Equal(
            ["seed", "check", "source", "fact", "contradiction", "command", "schedule", "page"],
            failure.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, failure.GetProperty("seed").GetInt64());
        Assert.Equal(Check, failure.GetProperty("check").GetString());
        Assert.Equal("three is too many", failure.GetProperty("contradiction").GetString());
        Assert.Equal(
            "raft simulate --seeds 2 --nodes 3 --duration 5s --faults network,disk --clients 5",
            failure.GetProperty("command").GetString());
        Assert.Equal(JsonValueKind.Array, failure.GetProperty("schedule").ValueKind);
        Assert.True(File.Exists(failure.GetProperty("page").GetString()));
    }

    [Fact]
    public async Task Three_failures_are_looked_into_and_the_others_are_listed()
    {
        var run = await SimulateRuns.FailAsync(Args("1..5", "--out", _folder.Path));

        Assert.Equal(5, run.Lines.Count(l => l.StartsWith("seed ", StringComparison.Ordinal)));
        Assert.Equal(5, run.Lines.Count(l => l.StartsWith("repeat: ", StringComparison.Ordinal)));
        Assert.Equal(
            ["seed-1.html", "seed-2.html", "seed-3.html"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Stop_ends_at_the_first_failure_and_looks_no_further()
    {
        var run = await SimulateRuns.FailAsync(Args("1..1000", "--out", _folder.Path, "--stop", "--parallel", "1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("stopped after 1 of 1,000 seeds of 3 nodes: 1 violation", run.Lines[0]);
        Assert.Contains("but:    three is too many", run.Lines);
        Assert.DoesNotContain("shrunk to", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_folder_that_was_taken_meanwhile_costs_the_page_alone()
    {
        var page = _folder.File("seed-1.html");
        Directory.CreateDirectory(page);

        var run = await SimulateRuns.FailAsync(Args("1", "--out", _folder.Path));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"raft: {page} can't be written: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("but:    three is too many", run.Lines);
        Assert.DoesNotContain("page:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_does_not_fail_again_is_told_all_the_same()
    {
        var made = 0;
        var standard = new SimulationOptions
        {
            Workload = () => made++ == 0 ? new SimulateWrong() : new SimulationOptions().Workload(),
        };

        var run = await SimulateRuns.RunAsync(standard, Args("1", "--out", _folder.Path));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "raft: seed 1 did not fail again when it was repeated. Some code is not deterministic.\n", run.Error);
        Assert.Contains("but:    three is too many", run.Lines);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static string[] Args(string seeds, params string[] more) =>
        ["--seeds", seeds, "--nodes", "3", "--duration", "5s", "--faults", "network, disk", .. more];
}

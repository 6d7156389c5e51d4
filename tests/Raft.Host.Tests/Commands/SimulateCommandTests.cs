using System.Text.Json;
using System.Text.RegularExpressions;
using Raft.Host.Tests.Processes;
using Raft.Simulation;
using Raft.Simulation.Faults;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed partial class SimulateCommandTests
{
    private static readonly string[] Short = ["--seeds", "1..3", "--nodes", "3", "--duration", "5s"];
    private static readonly string[] Groups = ["network", "crash", "disk", "clock", "operator"];

    [Fact]
    public async Task For_programs_it_prints_one_object_with_these_fields()
    {
        var run = await SimulateRuns.RunAsync([.. Short, "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = JsonSerializer.Deserialize<JsonElement>(Assert.Single(run.Lines));
        Assert.Equal(
            [
                "seeds", "nodes", "violations", "simulatedSeconds", "wallSeconds", "steps", "committed", "elections", "faults",
                "checks", "operations", "traceHash", "failures",
            ],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((3, 3, 0), (Long(json, "seeds"), Long(json, "nodes"), Long(json, "violations")));
        Assert.True(json.GetProperty("simulatedSeconds").GetDouble() >= 15);
        Assert.True(json.GetProperty("wallSeconds").GetDouble() > 0);
        Assert.All(["steps", "committed", "elections", "operations"], name => Assert.True(Long(json, name) > 0, name));
        Assert.Matches(HashPattern(), json.GetProperty("traceHash").GetString());
        Assert.Empty(json.GetProperty("failures").EnumerateArray());
    }

    [Fact]
    public async Task Faults_are_counted_by_kind_and_checks_by_name()
    {
        var json = await JsonAsync("--seeds", "1..3", "--nodes", "3", "--duration", "30s", "--faults", "crash");

        var faults = json.GetProperty("faults").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());
        Assert.NotEmpty(faults);
        Assert.Subset(new HashSet<string> { "crash", "crashAll", "pause" }, faults.Keys.ToHashSet());
        Assert.All(faults.Values, count => Assert.True(count > 0));
        var checks = json.GetProperty("checks").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());
        Assert.True(checks["election safety"] > 0);
    }

    [Fact]
    public async Task Without_faults_none_is_counted()
    {
        var json = await JsonAsync([.. Short, "--faults", "none"]);

        Assert.Empty(json.GetProperty("faults").EnumerateObject());
    }

    [Fact]
    public async Task The_same_arguments_give_the_same_hash_however_many_run_at_a_time()
    {
        var first = await HashAsync([.. Short, "--parallel", "1"]);
        var second = await HashAsync([.. Short, "--parallel", "3"]);

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("--seeds", "2..4")]
    [InlineData("--nodes", "5")]
    [InlineData("--duration", "6s")]
    [InlineData("--faults", "none")]
    public async Task Other_arguments_give_another_hash(string option, string value)
    {
        var other = Short.ToList();
        if (other.IndexOf(option) is >= 0 and var at) other[at + 1] = value;
        else other.AddRange([option, value]);

        Assert.NotEqual(await HashAsync(Short), await HashAsync([.. other]));
    }

    [Fact]
    public async Task People_see_figures_faults_and_checks()
    {
        var run = await SimulateRuns.RunAsync("--seeds", "1..3", "--nodes", "3", "--duration", "30s");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("3 seeds of 3 nodes: 0 violations", run.Lines[0]);
        Assert.All(
            ["simulated ", "steps ", "elections ", "committed ", "operations ", "trace hash ", "FAULT ", "CHECK ",
                "election safety "],
            start => Assert.Contains(run.Lines, line => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.Matches(SpeedPattern(), run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Where_it_is_stopped_it_tells_what_was_run()
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;
        var standard = new SimulationOptions
        {
            Workload = () =>
            {
                if (++runs == 2) stop.Cancel();
                return new SimulationOptions().Workload();
            },
        };

        var run = await SimulateRuns.RunAsync(
            standard, ["--seeds", "1..1000000", "--nodes", "3", "--duration", "5s", "--parallel", "1"], stop.Token);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("stopped after 2 of 1,000,000 seeds of 3 nodes: 0 violations", run.Lines[0]);
    }

    [Fact]
    public async Task The_program_has_the_command_and_in_a_pipe_it_prints_the_object_alone()
    {
        var (code, output) = await RaftProcess.RunAsync(["simulate", .. Short, "--json"]);

        Assert.Equal(0, code);
        Assert.Equal(await HashAsync(Short), Hash(JsonSerializer.Deserialize<JsonElement>(output)));
    }

    [Fact]
    public async Task Help_names_every_option_with_its_default()
    {
        var run = await SimulateRuns.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["--seeds", "--nodes", "--duration", "--faults", "--out", "--parallel", "--json", "--stop", "1..1000", "60s", "all"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_fault_belongs_to_a_name_of_the_option()
    {
        FaultOptions[] groups = [.. Groups.Select(FaultOptions.Parse)];

        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.Single(groups, group => group[kind] > 0));
    }

    private static async Task<JsonElement> JsonAsync(params string[] args) =>
        JsonSerializer.Deserialize<JsonElement>((await SimulateRuns.RunAsync([.. args, "--json"])).Output);

    private static async Task<string> HashAsync(params string[] args) => Hash(await JsonAsync(args));

    private static string Hash(JsonElement json) => json.GetProperty("traceHash").GetString()!;

    private static long Long(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    [GeneratedRegex("^[0-9a-f]{16}$")]
    private static partial Regex HashPattern();

    [GeneratedRegex(@"simulated +[\d,]+ s in [\d,.]+ s: [\d,]+ simulated seconds per second")]
    private static partial Regex SpeedPattern();
}

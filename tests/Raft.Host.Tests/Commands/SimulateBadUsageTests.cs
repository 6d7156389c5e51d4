using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Commands;

/// <summary>A bad option causes one line on standard error and exit code 2; no simulation runs and no file is created.</summary>
public sealed class SimulateBadUsageTests : IDisposable
{
    private const string NoRange = "is not a range of seeds. Use a seed such as 42 or a range such as 1..1000.";
    private const string NoNodes = "is not a whole number from 1 to 9.";
    private const string NoDuration = "is not a duration. Use a value such as 500ms, 60s or 5m.";
    private const string NoFault =
        "is not a kind of fault. Use all, none, or a comma-separated list of network, crash, disk, clock and operator.";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--seeds", "5..1", "'5..1' ends before it begins. Write the smaller seed first.")]
    [InlineData("--seeds", "a..b", $"'a..b' {NoRange}")]
    [InlineData("--seeds", "1...3", $"'1...3' {NoRange}")]
    [InlineData("--seeds", "1..2..3", $"'1..2..3' {NoRange}")]
    [InlineData("--seeds", "..3", $"'..3' {NoRange}")]
    [InlineData("--seeds", "-1", $"'-1' {NoRange}")]
    [InlineData("--seeds", "9223372036854775808", $"'9223372036854775808' {NoRange}")]
    [InlineData("--seeds", "", $"'' {NoRange}")]
    [InlineData("--nodes", "0", $"'0' {NoNodes}")]
    [InlineData("--nodes", "-1", $"'-1' {NoNodes}")]
    [InlineData("--nodes", "10", $"'10' {NoNodes}")]
    [InlineData("--nodes", "1000000000000", $"'1000000000000' {NoNodes}")]
    [InlineData("--nodes", "five", $"'five' {NoNodes}")]
    [InlineData("--duration", "0s", "A run of 0 s can't be simulated. Use 1 second to 1 day.")]
    [InlineData("--duration", "60", "A run of 0.06 s can't be simulated. Use 1 second to 1 day.")]
    [InlineData("--duration", "2d", "A run of 172800 s can't be simulated. Use 1 second to 1 day.")]
    [InlineData("--duration", "-5s", $"'-5s' {NoDuration}")]
    [InlineData("--duration", "soon", $"'soon' {NoDuration}")]
    [InlineData("--duration", "infinite", $"'infinite' {NoDuration}")]
    [InlineData("--duration", "99999999999999999999s", $"'99999999999999999999s' {NoDuration}")]
    [InlineData("--duration", "5s\"", $"'5s\"' {NoDuration}")]
    [InlineData("--duration", "", $"'' {NoDuration}")]
    [InlineData("--faults", "earthquake", $"'earthquake' {NoFault}")]
    [InlineData("--faults", "network,earthquake", $"'earthquake' {NoFault}")]
    [InlineData("--faults", "network,", $"'' {NoFault}")]
    [InlineData("--faults", "", $"'' {NoFault}")]
    [InlineData("--clients", "0", "'0' is not a whole number from 1 to 1000.")]
    [InlineData("--clients", "many", "'many' is not a whole number from 1 to 1000.")]
    [InlineData("--parallel", "-2", "'-2' is not a whole number from 0 to 256.")]
    [InlineData("--parallel", "257", "'257' is not a whole number from 0 to 256.")]
    [InlineData("--parallel", "all", "'all' is not a whole number from 0 to 256.")]
    public async Task A_bad_value_is_named_with_its_option(string option, string value, string sentence)
    {
        var pages = _folder.File("pages");

        var run = await SimulateRuns.RunAsync(option, value, "--out", pages);

        Assert.Equal($"raft: {option}: {sentence}\n", run.Error);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.False(Directory.Exists(pages));
    }

    [Fact]
    public async Task A_control_character_is_written_out()
    {
        var run = await SimulateRuns.RunAsync("--faults", "net\nwork");

        Assert.Equal($"raft: --faults: 'net\\u000awork' {NoFault}\n", run.Error);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task An_output_folder_that_is_a_file_is_refused()
    {
        var file = _folder.File("file");
        await File.WriteAllTextAsync(file, "");

        var run = await SimulateRuns.RunAsync("--out", file);

        Assert.Equal($"raft: --out: {file} is a file. Name a folder.\n", run.Error);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task An_output_folder_below_a_file_is_refused()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");
        var below = _folder.File("file/pages");

        var run = await SimulateRuns.RunAsync("--out", below);

        Assert.StartsWith($"raft: --out: can't write to the folder '{below}': ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task An_output_folder_without_permission_is_refused()
    {
        if (!OperatingSystem.IsLinux()) return;
        const string Folder = "/proc/raft"; // Not even root may write there.

        var run = await SimulateRuns.RunAsync("--out", Folder);

        Assert.StartsWith($"raft: --out: can't write to the folder '{Folder}': ", run.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task An_output_folder_is_made_with_its_parents()
    {
        var pages = _folder.File("a/b/pages");

        var run = await SimulateRuns.RunAsync("--seeds", "1", "--duration", "1s", "--faults", "none", "--out", pages);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(Directory.GetFileSystemEntries(pages));
    }

    [Fact]
    public async Task The_program_ends_with_code_2()
    {
        var (code, output) = await RaftProcess.RunAsync(["simulate", "--nodes", "0"]);

        Assert.Equal((2, $"raft: --nodes: '0' {NoNodes}"), (code, output.TrimEnd()));
    }
}

using System.Diagnostics;
using Raft.Host.Hooks;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Hooks;

/// <summary>Real scripts in real processes.</summary>
public sealed class HookProcessTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly List<string> _lines = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_gets_its_variables_and_its_output_is_told()
    {
        Assert.Null(await RunAsync("echo \"term $RAFT_TERM\"; echo oops >&2"));

        Assert.Equal(["oops", "term 7"], _lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_script_that_fails_says_how() =>
        Assert.Equal("exited with code 3", await RunAsync("exit 3"));

    [Fact]
    public async Task A_script_that_hangs_is_killed_with_all_that_it_started()
    {
        var problem = await RunAsync("sleep 1000 & echo $!; wait", TimeSpan.FromMilliseconds(500));

        Assert.Equal("exceeded the timeout of 0.5 s and was killed", problem);
        Assert.True(HookScript.HasEnded(Assert.Single(_lines)));
    }

    [Fact]
    public async Task A_script_is_killed_when_the_node_stops()
    {
        using var stop = new CancellationTokenSource();
        var script = HookScript.Write(_folder, "hook", "echo begun; sleep 1000");

        var run = HookProcess.RunAsync(script, Variables, Long, _ => stop.Cancel(), stop.Token);

        Assert.Equal("was killed because the node is stopping", await run);
    }

    [Fact]
    public async Task A_program_that_a_script_leaves_behind_holds_up_nothing()
    {
        Assert.Null(await RunAsync("setsid sleep 1000 & echo $!"));

        Process.GetProcessById(int.Parse(Assert.Single(_lines), System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    [Fact]
    public async Task A_flood_of_output_is_bounded()
    {
        Assert.Null(await RunAsync("yes | head -n 1000000; head -c 50000000 /dev/zero"));

        Assert.Equal(HookOutput.MaxLines + 1, _lines.Count);
    }

    [Fact]
    public async Task A_script_that_asks_for_input_gets_none() => Assert.Null(await RunAsync("cat"));

    [Fact]
    public async Task A_file_that_is_no_program_is_told()
    {
        var file = HookScript.Write(_folder, "hook", "");
        await File.WriteAllTextAsync(file, "this is no program");

        var problem = await HookProcess.RunAsync(file, Variables, Long, Add, CancellationToken.None);

        Assert.Equal("exited with code 127", problem);
        Assert.Contains(_lines, line => line.Contains("not found", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Variables => new() { ["RAFT_TERM"] = "7" };

    private Task<string?> RunAsync(string body, TimeSpan? timeout = null) => HookProcess.RunAsync(
        HookScript.Write(_folder, "hook", body), Variables, timeout ?? Long, Add, CancellationToken.None);

    private void Add(string line) => _lines.Add(line);
}

using Raft.Host.Inspection;
using Raft.Host.Tests.Commands;
using Raft.Host.Tests.Http;
using Xunit;

namespace Raft.Host.Tests.Inspection;

/// <summary>pbm shows the same texts as <c>raft</c>.</summary>
public sealed class InspectionConsoleTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly TestNode _node = shared.Node;
    private readonly InspectionConsole _console = new(shared.Node.Group, shared.Node.Client);

    [Fact]
    public async Task Status_is_that_of_the_command_line() => await ExpectSameAsync(_console.StatusAsync(""), "status");

    [Fact]
    public async Task Members_are_those_of_the_command_line() => await ExpectSameAsync(_console.MembersAsync(), "members");

    [Fact]
    public async Task The_log_is_that_of_the_command_line()
    {
        for (var i = 0; i < 25; i++) await _node.PutAsync("/api/kv/logged", $"{i}");

        await ExpectSameAsync(_console.LogAsync("n1", from: null), "log");
        await ExpectSameAsync(_console.LogAsync("", from: 2), "log", "--from", "2");
    }

    [Fact]
    public async Task A_snapshot_is_that_of_the_command_line()
    {
        await _node.PutAsync("/api/kv/kept", "red");

        await ExpectSameAsync(_console.SnapshotAsync("n1"), "snapshot");
    }

    [Fact]
    public async Task Actors_are_those_of_the_command_line() =>
        await ExpectSameAsync(_console.ActorsAsync("", "/user/raft-default"), "actors", "--under", "/user/raft-default");

    [Fact]
    public async Task The_doctor_says_what_the_command_line_says()
    {
        var run = await CommandLine.RunAsync(_node, "doctor");

        Assert.Equal(run.Lines[0], (await _console.DoctorAsync()).Split('\n')[0]);
        Assert.Contains("leader", await _console.DoctorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_with_its_revision()
    {
        var revision = await _node.PutAsync("/api/kv/shown", "red");

        Assert.Equal($"red    (revision {revision})", (await _console.GetAsync("shown")).TrimEnd());
        Assert.Equal("The key 'none' does not exist.", (await _console.GetAsync("none")).TrimEnd());
    }

    [Fact]
    public async Task What_a_person_gets_wrong_is_told_in_one_line()
    {
        Assert.StartsWith("raft: No address is known of a node n9.", await _console.StatusAsync("n9"), StringComparison.Ordinal);
        Assert.StartsWith("raft: ", await _console.StatusAsync("a b"), StringComparison.Ordinal);
        Assert.StartsWith(
            "raft: There is no actor at /user/x", await _console.ActorsAsync("", "/user/x"), StringComparison.Ordinal);
        Assert.StartsWith("raft: ", await _console.TransferAsync("n1"), StringComparison.Ordinal);
        Assert.StartsWith(
            "raft: No address is known of a node n9.", await _console.SnapshotAsync("n9"), StringComparison.Ordinal);
        Assert.StartsWith("raft: ", await _console.GetAsync(""), StringComparison.Ordinal);
    }

    private async Task ExpectSameAsync(Task<string> shown, params string[] args)
    {
        var run = await CommandLine.RunAsync(_node, args);

        Assert.Equal((0, run.Output), (run.ExitCode, await shown));
    }
}

using Raft.Host.Hooks;
using Raft.Host.Tests.Processes;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Hooks;

public sealed class RoleHookOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_variables_nothing_runs() => Assert.True(Read().IsEmpty);

    [Fact]
    public void Scripts_and_their_time_are_read()
    {
        var script = HookScript.Write(_folder, "hook", "");

        var options = Read(("RAFT_ON_LEADER", script), ("RAFT_HOOK_TIMEOUT", "1500ms"));

        Assert.Equal(new RoleHookOptions { OnLeader = script, Timeout = TimeSpan.FromSeconds(1.5) }, options);
        Assert.Equal(TimeSpan.FromSeconds(30), Read(("RAFT_ON_FOLLOWER", script)).Timeout);
    }

    [Fact]
    public void A_script_that_is_not_there_is_refused() =>
        Assert.StartsWith("RAFT_ON_LEADER: /", Refusal("RAFT_ON_LEADER", "/none/hook"), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_no_script() =>
        Assert.Contains("is not a file", Refusal("RAFT_ON_FOLLOWER", _folder.Path), StringComparison.Ordinal);

    [Fact]
    public void A_script_that_is_not_executable_is_refused()
    {
        File.WriteAllText(_folder.File("hook"), "#!/bin/sh\n");

        Assert.Contains(
            "is not executable. Run chmod +x",
            Refusal("RAFT_ON_FOLLOWER", _folder.File("hook")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("2h")]
    [InlineData("1s\"\nx=1")]
    public void A_time_that_makes_no_sense_is_refused(string time) =>
        Assert.Contains("RAFT_HOOK_TIMEOUT: ", Refusal("RAFT_HOOK_TIMEOUT", time), StringComparison.Ordinal);

    private static string Refusal(string variable, string value) =>
        Assert.Throws<BadVariableException>(() => Read((variable, value))).Message;

    private static RoleHookOptions Read(params (string Name, string Value)[] variables) =>
        RoleHookOptions.Read(new Variables(variables.ToDictionary(v => v.Name, v => (string?)v.Value).GetValueOrDefault));
}

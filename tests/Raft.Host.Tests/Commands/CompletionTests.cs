using System.Diagnostics;
using Raft.Host.Client;
using Raft.Host.Commands;
using Raft.Host.Tests.Http;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Commands;

public sealed class CompletionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Theory]
    [InlineData("raft st", "status")]
    [InlineData("raft status --js", "--json")]
    [InlineData("raft kv ", "delete get list put")]
    [InlineData("/usr/bin/raft log --li", "--limit")]
    [InlineData("raft kv get x --consistency l", "lease linearizable")]
    [InlineData("raft nonsense", "")]
    [InlineData("raft kv put @", "")]
    [InlineData("raft kv put @key value --if-a", "--if-absent")]
    [InlineData("raft completion ", "bash fish powershell zsh")]
    public void Commands_options_and_words_are_completed(string line, string expected) => Assert.Equal(
        expected, string.Join(' ', Suggest(line).Order(StringComparer.Ordinal)));

    [Fact]
    public void Names_of_nodes_are_asked_of_the_node_that_the_line_names() =>
        Assert.Equal(["n1"], Suggest($"raft transfer --node {shared.Node.Url} "));

    [Fact]
    public void Files_are_completed_where_an_option_takes_one()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("value.txt"), "x");
        Directory.CreateDirectory(folder.File("values"));

        Assert.Equal(
            [folder.File("value.txt"), folder.File("values/")],
            Suggest($"raft kv put key --file {folder.File("val")}").Order(StringComparer.Ordinal));
        Assert.Empty(Suggest($"raft kv put key --file {folder.File("none/val")}"));
    }

    [Fact]
    public void Where_no_node_answers_there_are_no_names() =>
        Assert.DoesNotContain("n1", Suggest("raft transfer --node 127.0.0.1:1 "));

    [Fact]
    public async Task The_program_prints_what_it_suggests()
    {
        var run = await CommandLine.RunAsync([], ["completion", "suggest", "7", "raft st and more"]);

        Assert.Equal((ExitCode.Done, "status"), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _raft_complete raft")]
    [InlineData("zsh", "compdef _raft_complete raft")]
    [InlineData("fish", "complete -c raft")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Each_shell_has_a_script(string shell, string expected)
    {
        var run = await CommandLine.RunAsync([], ["completion", shell]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Contains("raft completion suggest", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the script in a real bash, with a function in place of the program.</summary>
    [Fact]
    public async Task In_bash_a_tab_completes()
    {
        var script = (await CommandLine.RunAsync([], ["completion", "bash"])).Output;
        var program = Path.Combine(AppContext.BaseDirectory, "raft.dll");

        var completed = await BashAsync($$"""
            raft() { dotnet '{{program}}' "$@"; }
            {{script}}
            COMP_LINE="raft tra"; COMP_POINT=8; COMP_WORDS=(raft tra); COMP_CWORD=1
            _raft_complete
            echo "${COMPREPLY[*]}"
            """);

        Assert.Equal("transfer", completed.Trim());
    }

    private static string[] Suggest(string line) => [.. CompletionCommand.Suggest(RaftCommandLine.Create(), line, line.Length)];

    private static async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }
}

using System.Text.RegularExpressions;
using Raft.Host.Hosting;
using Xunit;

namespace Raft.Host.Tests.Hosting;

/// <summary><c>docs/configure.md</c> describes exactly the existing keys and variables, correctly.</summary>
public sealed partial class ConfigurationTableTests
{
    /// <summary>The variables that a hook receives; no one configures them.</summary>
    private static readonly string[] GivenToHooks = ["RAFT_ROLE", "RAFT_TERM", "RAFT_LEADER_ID"];

    private static readonly string Root = FindRoot();
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs/configure.md"));

    [Fact]
    public void The_table_has_each_key_of_the_reference_once_with_its_variable_and_default()
    {
        var written = Rows().Select(row => $"{row[0]} {row[1]} {row[2]}");

        var real = RaftKeys.All.Select(key =>
            $"`{key.Key}` `{RaftKeys.VariableOf(key.Key)}` {(key.Value.Length == 0 ? "–" : $"`{key.Value}`")}");

        Assert.Equal(real.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_keys_have_one_variable() =>
        Assert.Equal(KnownVariables.All.Count(), KnownVariables.All.Distinct().Count());

    [Fact]
    public void Each_variable_that_the_programs_read_is_known_and_each_known_one_is_read()
    {
        var read = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != "KnownVariables.cs")
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))
            .Except(GivenToHooks)
            .Except(RaftKeys.All.Keys.Select(RaftKeys.VariableOf));

        Assert.Equal(KnownVariables.Named.Order(StringComparer.Ordinal), read.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_variable_has_a_row_and_each_row_a_variable()
    {
        var rows = Row().Matches(Page).Select(m => m.Groups["name"].Value).Distinct();

        Assert.Empty(KnownVariables.Named.Except(rows));
        Assert.Empty(rows.Except(KnownVariables.All));
    }

    private static IEnumerable<string[]> Rows() => Page.Split('\n')
        .Where(line => line.StartsWith("| `raft.", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Raft.Akka.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>A text that consists only of a variable's name.</summary>
    [GeneratedRegex("\"(?<name>RAFT_[A-Z_]*[A-Z])\"")]
    private static partial Regex Literal();

    /// <summary>A row of a table of variables.</summary>
    [GeneratedRegex(@"^\| `(?<name>RAFT_[A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

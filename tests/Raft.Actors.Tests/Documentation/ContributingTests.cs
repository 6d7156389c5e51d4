using System.Text.RegularExpressions;
using Raft.Actors.Tests.Architecture;
using Xunit;

namespace Raft.Actors.Tests.Documentation;

/// <summary>CONTRIBUTING.md names what there is.</summary>
public sealed partial class ContributingTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"));

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Every_project_has_a_row(string folder) =>
        Assert.All(
            Repository.Files(folder, ".csproj")
                .Select(file => Path.GetRelativePath(Repository.PathOf(folder), file).Split(Path.DirectorySeparatorChar)[0])
                .Distinct(),
            project => Assert.Contains(Rows(), row => row.Contains($"`{folder}/{project}`", StringComparison.Ordinal)));

    [Fact]
    public void Every_folder_of_a_row_exists() =>
        Assert.All(
            Rows().SelectMany(row => FolderName().Matches(row.Split('|')[1])).Select(name => name.Groups[1].Value),
            name => Assert.True(Path.Exists(Repository.PathOf(name)), name));

    [Fact]
    public void Every_step_of_dev_that_it_names_exists()
    {
        var steps = DevStep().Matches(File.ReadAllText(Repository.PathOf("dev"))).Select(step => step.Groups[1].Value);

        Assert.Empty(DevCall().Matches(Page).Select(call => call.Groups[1].Value).Except(steps));
    }

    private static IEnumerable<string> Rows() => Page.Split('\n').Where(line => line.StartsWith('|'));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex FolderName();

    [GeneratedRegex(@"^## ([\w-]+)", RegexOptions.Multiline)]
    private static partial Regex DevStep();

    [GeneratedRegex(@"\./dev ([\w-]+)")]
    private static partial Regex DevCall();
}

using System.Xml.Linq;
using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>The folders of each project use one another only downwards, held against the source files.</summary>
public sealed class FoldersTests
{
    private static readonly Dictionary<string, Arrows> Tables = new Arrows[]
    {
        ActorsArrows.Table,
        AspNetCoreArrows.Table,
        HostArrows.Table,
        ProgramsArrows.Table,
        SimulationArrows.Table,
    }.ToDictionary(table => table.Project);

    public static TheoryData<string> Projects => [.. Tables.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void The_sources_are_found(string project) => Assert.InRange(Repository.Sources(project).Count(), 2, 1000);

    [Theory, MemberData(nameof(Projects))]
    public void Folders_use_each_other_only_in_the_direction_of_the_design(string project) =>
        Assert.Empty(Tables[project].Violations(Repository.Sources(project)));

    /// <summary>A file beside the folders is in the row of the root, if the table has one.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void Every_folder_has_a_row_in_the_table(string project) =>
        Assert.Empty(Repository.Sources(project)
            .Where(f => Tables[project].Rows.All(row => row.Folder != Arrows.FolderOf(f.Path)))
            .Select(f => $"{project}/{f.Path} is in no folder that the table of arrows has."));

    [Theory, MemberData(nameof(Projects))]
    public void Every_row_of_the_table_has_a_folder(string project) =>
        Assert.Empty(Tables[project].Rows.Select(row => row.Folder)
            .Except(Repository.Sources(project).Select(f => Arrows.FolderOf(f.Path))));

    [Theory, MemberData(nameof(Projects))]
    public void The_arrows_form_no_circle(string project) =>
        Assert.All(Tables[project].Rows.Index(), row => Assert.All(
            row.Item.MayUse,
            used => Assert.Contains(used, Tables[project].Rows.Take(row.Index).Select(above => above.Folder))));

    /// <summary>Otherwise a file could stand in one folder and belong to another. A program's start has no namespace.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void A_files_namespace_is_its_folder(string project) =>
        Assert.Empty(Repository.Sources(project)
            .Where(f => f.Path != "Program.cs")
            .Select(f => (f.Path, Actual: SourceCode.NamespaceOf(f.Text), Expected: NamespaceFor(project, f.Path)))
            .Where(f => f.Actual != f.Expected)
            .Select(f => $"{project}/{f.Path} declares {f.Actual} and should declare {f.Expected}."));

    /// <summary>A global using would hide an arrow from the other tests.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void A_project_has_no_global_usings(string project)
    {
        var file = XDocument.Load(Repository.PathOf($"{project}/{Tables[project].Namespace}.csproj"));

        Assert.Empty(file.Descendants("Using"));
        Assert.Empty(Repository.Sources(project)
            .Where(f => f.Text.Contains("global using", StringComparison.Ordinal))
            .Select(f => f.Path));
    }

    [Fact]
    public void A_check_of_the_simulation_knows_no_check_of_another_subject()
    {
        var checks = Repository.Sources(SimulationArrows.Checks.Project).ToArray();

        Assert.Empty(SimulationArrows.Checks.Violations(checks));
        Assert.Equal(
            SimulationArrows.Checks.Rows.Select(row => row.Folder).Order(StringComparer.Ordinal),
            checks.Select(f => Arrows.FolderOf(f.Path)).Distinct().Order(StringComparer.Ordinal));
    }

    private static string NamespaceFor(string project, string path) =>
        string.Join('.', [Tables[project].Namespace, .. path.Split('/')[..^1]]);
}

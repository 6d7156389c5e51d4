using System.Xml.Linq;
using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>The layout that the design promises, held against the source files.</summary>
public sealed class ArchitectureTests
{
    private const string Library = "src/Raft.Actors";

    private static readonly (string Path, string Text)[] Sources = [.. Repository.Sources(Library)];

    [Fact]
    public void The_sources_are_found() => Assert.InRange(Sources.Length, 30, 1000);

    [Fact]
    public void Folders_use_each_other_only_in_the_direction_of_the_design() => Assert.Empty(Arrows.Violations(Sources));

    [Fact]
    public void Every_folder_has_a_row_in_the_table_and_no_file_stands_beside_the_folders() =>
        Assert.Empty(Sources
            .Where(f => Arrows.Table.All(row => row.Folder != Arrows.FolderOf(f.Path)))
            .Select(f => $"{Library}/{f.Path} is in no folder that the table of arrows has."));

    [Fact]
    public void The_arrows_form_no_circle() =>
        Assert.All(Arrows.Table.Index(), row => Assert.All(
            row.Item.MayUse, used => Assert.Contains(used, Arrows.Table.Take(row.Index).Select(above => above.Folder))));

    /// <summary>Otherwise a file could stand in one folder and belong to another.</summary>
    [Fact]
    public void A_files_namespace_is_its_folder() =>
        Assert.Empty(Sources
            .Select(f => (f.Path, Actual: SourceCode.NamespaceOf(f.Text), Expected: NamespaceFor(f.Path)))
            .Where(f => f.Actual != f.Expected)
            .Select(f => $"{Library}/{f.Path} declares {f.Actual} and should declare {f.Expected}."));

    [Theory]
    [InlineData("Akka")]
    [InlineData("Google")]
    [InlineData("Newtonsoft")]
    public void Pure_folders_know_no(string technology) =>
        Assert.Empty(Sources
            .Where(f => Arrows.Pure.Contains(Arrows.FolderOf(f.Path)) && SourceCode.Names(f.Text, technology))
            .Select(f => $"{Library}/{f.Path} is to be pure and names {technology}."));

    [Fact]
    public void The_key_value_store_is_a_state_machine_like_a_users_and_knows_no_actors() =>
        Assert.Empty(Sources
            .Where(f => f.Path.StartsWith("StateMachines/KeyValue/", StringComparison.Ordinal))
            .Where(f => SourceCode.Names(f.Text, "Akka"))
            .Select(f => f.Path));

    /// <summary>A global using in the project file would hide an arrow from the other tests.</summary>
    [Fact]
    public void The_library_has_no_global_usings()
    {
        var project = XDocument.Load(Repository.PathOf($"{Library}/Raft.Actors.csproj"));

        Assert.Empty(project.Descendants("Using"));
        Assert.Empty(Sources.Where(f => f.Text.Contains("global using", StringComparison.Ordinal)).Select(f => f.Path));
    }

    /// <summary>The library is the lowest assembly; the lighthouse knows no Raft.</summary>
    [Theory]
    [InlineData("Raft.Actors", "")]
    [InlineData("Raft.Simulation", "Raft.Actors")]
    [InlineData("Raft.Lighthouse", "")]
    public void An_assembly_references_at_most(string assembly, string allowed)
    {
        var file = Repository.PathOf($"src/{assembly}/{assembly}.csproj");
        if (!File.Exists(file)) return;

        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed.Split(' ')));
    }

    private static string NamespaceFor(string path) =>
        string.Join('.', ["Raft.Actors", .. path.Split('/')[..^1]]);
}

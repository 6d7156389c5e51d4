using System.Xml.Linq;
using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>The layout that the design promises, held against the source files.</summary>
public sealed class ArchitectureTests
{
    private const string Library = "src/Raft.Actors";

    private static readonly (string Path, string Text)[] Sources = [.. Repository.Sources(Library)];

    [Theory]
    [InlineData("Akka")]
    [InlineData("Google")]
    [InlineData("Newtonsoft")]
    public void Pure_folders_know_no(string technology) =>
        Assert.Empty(Sources
            .Where(f => ActorsArrows.Pure.Contains(Arrows.FolderOf(f.Path)) && SourceCode.Names(f.Text, technology))
            .Select(f => $"{Library}/{f.Path} is to be pure and names {technology}."));

    [Fact]
    public void The_key_value_store_is_a_state_machine_like_a_users_and_knows_no_actors() =>
        Assert.Empty(Sources
            .Where(f => f.Path.StartsWith("StateMachines/KeyValue/", StringComparison.Ordinal))
            .Where(f => SourceCode.Names(f.Text, "Akka"))
            .Select(f => f.Path));

    /// <summary>The library is the lowest assembly; the lighthouse and the programs' shared code don't reference Raft.</summary>
    [Theory]
    [InlineData("Raft.Actors", "")]
    [InlineData("Raft.Simulation", "Raft.Actors")]
    [InlineData("Raft.Programs", "")]
    [InlineData("Raft.Lighthouse", "Raft.Programs")]
    [InlineData("Raft.Actors.AspNetCore", "Raft.Actors")]
    [InlineData("Raft.Host", "Raft.Actors Raft.Actors.AspNetCore Raft.Programs Raft.Simulation")]
    public void An_assembly_references_at_most(string assembly, string allowed)
    {
        var file = Repository.PathOf($"src/{assembly}/{assembly}.csproj");
        if (!File.Exists(file)) return;

        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed.Split(' ')));
    }
}

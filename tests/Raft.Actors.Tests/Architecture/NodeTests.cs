using System.Reflection;
using System.Text.RegularExpressions;
using Raft.Actors.Nodes;
using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>What the node's actor may hold, and who may write to the journal.</summary>
public sealed class NodeTests
{
    private static readonly (string Path, string Text)[] Sources = [.. Repository.Sources("src/Raft.Actors")];

    /// <summary>The interface names two of the methods, since Akka.Persistence's base class implements them.</summary>
    [Fact]
    public void Only_the_durable_journal_writes_to_the_journal_or_deletes_from_it() =>
        Assert.Equal(
            ["Storage/DurableJournal.cs", "Storage/IJournalOwner.cs"],
            Sources
                .Where(f => Regex.IsMatch(
                    SourceCode.WithoutComments(f.Text),
                    @"\b(Persist(All)?(Async)?|Defer(Async)?|DeleteMessages|SaveSnapshot|DeleteSnapshots?)\s*[<(]"))
                .Select(f => f.Path));

    /// <summary>Partial files split a class for the eye, not for the state: what has fields of its own is an object.</summary>
    [Fact]
    public void All_fields_of_the_node_stand_in_its_first_file()
    {
        var first = Sources.Single(f => f.Path == "Nodes/RaftNode.cs").Text;
        var fields = typeof(RaftNode)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(f => f.Name)
            .Where(name => !name.StartsWith('<'))
            .ToArray();

        Assert.InRange(fields.Length, 10, 24);
        Assert.All(fields, name => Assert.Matches($@"\n    private [\w<>?, ]+ {name}( =|;)", first));
    }
}

using Xunit;

namespace Raft.Actors.Tests.Architecture;

/// <summary>The reader behind the architecture tests sees what it should, or they would hold for the wrong reason.</summary>
public sealed class SourceCodeTests
{
    private static readonly (string Path, string Text) Node =
        ("Nodes/RaftNode.cs", "namespace Raft.Actors.Nodes; internal sealed partial class RaftNode {}");

    private static readonly (string Path, string Text) Codec =
        ("Serialization/Codec.cs", "namespace Raft.Actors.Serialization; static class Codec {}");

    private static readonly Arrows Other = Arrows.Of("src/Raft.Other",
    [
        ("Clusters", []),
        ("Faults", ["Clusters"]),
        (Arrows.Root, ["Clusters", "Faults"]),
    ]);

    private static readonly (string Path, string Text) Engine =
        ("Engine.cs", "namespace Raft.Other; internal sealed class Engine { Clusters.X _x; Raft.Other.Faults.Y _y; }");

    [Theory]
    [InlineData("using Raft.Actors.Nodes;")]
    [InlineData("using static Raft.Actors.Nodes.RaftNode;")]
    [InlineData("using Node = Raft.Actors.Nodes.RaftNode;")]
    [InlineData("class X { Raft.Actors.Nodes.RaftNode _node; }")]
    [InlineData("class X { global::Raft.Actors.Nodes.RaftNode _node; }")]
    [InlineData("class X { Nodes.RaftNode _node; }")]
    [InlineData("class X { List<Nodes.RaftNode> _nodes; }")]
    [InlineData("class X { string _text = $\"{Nodes.RaftNode.Name}\"; }")]
    public void A_forbidden_arrow_is_seen_however_it_is_written(string code) =>
        Assert.Equal(
            ["src/Raft.Actors/Log/RaftLog.cs: Log must not use Nodes."],
            ActorsArrows.Table.Violations([("Log/RaftLog.cs", code), Node]));

    [Theory]
    [InlineData("// using Raft.Actors.Nodes;")]
    [InlineData("/// <see cref=\"Raft.Actors.Nodes.RaftNode\"/>")]
    [InlineData("/* Nodes.RaftNode */")]
    [InlineData("using Raft.Actors.Protocol;")]
    [InlineData("class X { int _count = Nodes.Count; }")]
    [InlineData("class X { int _count = other.Nodes.RaftNode; }")]
    public void What_is_no_forbidden_arrow_is_none(string code) =>
        Assert.Empty(ActorsArrows.Table.Violations([("Log/RaftLog.cs", code), Node]));

    [Theory]
    [InlineData("Protocol", "Events")]
    [InlineData("Events", "Log")]
    [InlineData("Log", "Quorums")]
    [InlineData("Replication", "Log")]
    [InlineData("Membership", "Configuration")]
    [InlineData("Configuration", "Nodes")]
    [InlineData("StateMachines", "Nodes")]
    [InlineData("StateMachines", "Configuration")]
    [InlineData("Serialization", "Nodes")]
    [InlineData("Nodes", "Clients")]
    [InlineData("Nodes", "Hosting")]
    [InlineData("Clients", "Hosting")]
    public void An_arrow_against_the_design_is_a_violation(string from, string to) =>
        Assert.Single(ActorsArrows.Table.Violations([($"{from}/X.cs", $"using Raft.Actors.{to};")]));

    [Theory]
    [InlineData("Nodes", "Log")]
    [InlineData("Nodes", "StateMachines")]
    [InlineData("Clients", "StateMachines.KeyValue")]
    [InlineData("Hosting", "Clients")]
    [InlineData("Configuration", "Membership")]
    [InlineData("Serialization", "Events")]
    public void An_arrow_of_the_design_is_allowed(string from, string to) =>
        Assert.Empty(ActorsArrows.Table.Violations([($"{from}/X.cs", $"using Raft.Actors.{to};"), Codec]));

    [Fact]
    public void A_loggers_methods_are_not_taken_for_the_folder_Log() =>
        Assert.Empty(ActorsArrows.Table.Violations(
        [
            ("Clients/X.cs", "class X { void M() { Log.Info(\"started\"); } }"),
            ("Log/RaftLog.cs", "public sealed class RaftLog {}"),
        ]));

    [Theory]
    [InlineData("class X { Engine _engine; }", "src/Raft.Other/Clusters/X.cs: Clusters must not use the root.")]
    [InlineData("class X { Raft.Other.Engine _engine; }", "src/Raft.Other/Clusters/X.cs: Clusters must not use the root.")]
    [InlineData("using Raft.Other.Faults;", "src/Raft.Other/Clusters/X.cs: Clusters must not use Faults.")]
    public void Each_project_has_arrows_of_its_own_and_files_beside_the_folders_count_too(string code, string violation) =>
        Assert.Equal([violation], Other.Violations([("Clusters/X.cs", code), Engine]));

    [Theory]
    [InlineData("using Raft.Actors.Faults;")]
    [InlineData("class X { int _count = other.Engine; }")]
    public void Another_projects_folders_and_members_with_a_roots_name_are_no_arrows(string code) =>
        Assert.Empty(Other.Violations([("Clusters/X.cs", code), Engine]));

    [Fact]
    public void Comments_go_and_strings_with_slashes_stay() =>
        Assert.Equal(
            "var a = \"http://host\";   var b = '\\\"'; ",
            SourceCode.WithoutComments("var a = \"http://host\"; /* one\ntwo */ var b = '\\\"';// three"));

    [Theory]
    [InlineData("using Akka.Actor;", true)]
    [InlineData("using Akka;", true)]
    [InlineData("class X { global::Akka.Actor.IActorRef _a; }", true)]
    [InlineData("class X { Akka.Actor.IActorRef _a; }", true)]
    [InlineData("// Akka.Remote drops it", false)]
    [InlineData("using My.Akka;", false)]
    public void A_named_technology_is_seen(string code, bool isNamed) =>
        Assert.Equal(isNamed, SourceCode.Names(code, "Akka"));
}

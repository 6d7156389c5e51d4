using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Membership;

public sealed class NodeDirectoryTests
{
    private static readonly RaftMember Old = RaftMember.Parse("n2=10.0.0.2:4053");
    private static readonly RaftMember New = RaftMember.Parse("n2=10.0.0.9:4053");

    [Fact]
    public void A_node_is_where_it_was_last_said_to_be()
    {
        var directory = new NodeDirectory([Old]);

        directory.Put(New);

        Assert.Equal(New, directory.Find(Old.Id));
        Assert.Null(directory.Find(new NodeId("n3")));
    }

    [Fact]
    public void An_address_belongs_to_the_node_that_was_there_last()
    {
        var directory = new NodeDirectory([Old]);

        directory.Put(RaftMember.Parse("n3=10.0.0.2:4053"));

        Assert.Null(directory.Find(Old.Id));
        Assert.Equal("10.0.0.2:4053", directory.Find(new NodeId("n3"))!.Address);
    }

    [Fact]
    public void A_configured_address_stays_whoever_says_that_he_is_the_node_or_there()
    {
        var directory = new NodeDirectory([]);
        directory.Fix(Old);

        directory.Put(New);
        directory.Put(RaftMember.Parse("n3=10.0.0.2:4053"));

        Assert.Equal([Old], directory.Known);
    }

    [Fact]
    public void A_configured_address_replaces_a_reported_one()
    {
        var directory = new NodeDirectory([New]);

        directory.Fix(Old);

        Assert.Equal(Old, directory.Find(Old.Id));
    }

    [Fact]
    public void Nodes_are_listed_by_name()
    {
        var directory = new NodeDirectory([Old]);

        directory.Put(RaftMember.Parse("n1=10.0.0.1:4053"));

        Assert.Equal(["n1=10.0.0.1:4053", "n2=10.0.0.2:4053"], directory.Known.Select(m => m.ToString()));
    }

    [Fact]
    public void However_many_names_are_said_only_so_many_are_known()
    {
        var directory = new NodeDirectory([Old]);

        for (var i = 0; i < 1000; i++) directory.Put(new RaftMember(new NodeId($"stranger-{i}"), "10.0.0.66", i + 1));
        directory.Put(New);

        Assert.Equal(NodeDirectory.MaxNodes, directory.Known.Count);
        Assert.Equal(New, directory.Find(Old.Id));
    }

    [Fact]
    public void Only_news_is_reported()
    {
        var directory = new NodeDirectory([Old]);
        var told = new List<RaftMember>();
        directory.Changed += told.Add;

        directory.Put(Old);
        directory.Put(New);
        directory.Put(New);

        Assert.Equal([New], told);
    }
}

using Raft.Programs.Addresses;
using Raft.Programs.Joining;
using Xunit;

namespace Raft.Programs.Tests.Joining;

/// <summary>Which processes belong to another Raft cluster, according to their notices.</summary>
public sealed class RaftClustersTests
{
    private const string Self = "10.0.0.1:4053#1";
    private const string Other = "10.0.0.2:4053#2";
    private const string Third = "10.0.0.3:4053#3";

    private readonly RaftClusters _clusters = new();

    [Fact]
    public void Who_told_of_another_cluster_is_foreign()
    {
        _clusters.Own = "a";
        Told(Other, "b");
        Told(Third, "a");

        Assert.True(IsForeign("10.0.0.2:4053"));
        Assert.False(IsForeign("10.0.0.3:4053"));
    }

    [Fact]
    public void Who_told_nothing_is_foreign_to_nobody()
    {
        _clusters.Own = "a";

        Assert.False(IsForeign("10.0.0.2:4053"));
    }

    [Fact]
    public void A_process_without_a_node_is_of_the_cluster_that_most_members_told()
    {
        Told(Other, "b");
        Told(Third, "a");

        Assert.Null(_clusters.OfSide([Self]));
        Assert.Equal("a", _clusters.OfSide([Self, Third]));
        Assert.True(_clusters.IsForeign(HostPort.Parse("10.0.0.2:4053"), [Self, Third]));
    }

    [Fact]
    public void What_a_process_told_is_forgotten_when_another_one_is_at_its_address()
    {
        _clusters.Own = "a";
        Told(Other, "b");

        _clusters.Meet("10.0.0.2:4053#9");

        Assert.False(IsForeign("10.0.0.2:4053"));
    }

    [Fact]
    public void What_a_process_told_holds_until_it_comes_without_a_notice()
    {
        _clusters.Own = "a";
        Told(Other, "b");
        _clusters.Meet(Other);
        Assert.True(IsForeign("10.0.0.2:4053"));

        _clusters.Meet(Other);

        Assert.False(IsForeign("10.0.0.2:4053"));
    }

    [Fact]
    public void Whoever_is_of_another_cluster_than_the_oldest_leaves()
    {
        Assert.False(_clusters.HasToLeave([Other]));
        _clusters.Own = "a";
        Told(Other, "b");
        Told(Third, "a");

        Assert.False(_clusters.HasToLeave([]));
        Assert.False(_clusters.HasToLeave([Third, Other]));
        Assert.True(_clusters.HasToLeave([Self, Other, Third]));
    }

    [Fact]
    public void A_stranger_can_not_make_it_remember_without_end()
    {
        _clusters.Own = "a";
        for (var port = 1; port <= 1000; port++) Told($"10.0.0.9:{port}#1", "b");

        Assert.True(IsForeign("10.0.0.9:200"));
        Assert.False(IsForeign("10.0.0.9:201"));
    }

    [Fact]
    public void A_notice_is_read_as_it_was_written() =>
        Assert.Equal(new ClusterNotice(Self, "a-1"), ClusterNotice.Parse(new ClusterNotice(Self, "a-1").ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("raft-cluster")]
    [InlineData("raft-cluster\n10.0.0.1:4053#1")]
    [InlineData("raft-cluster\n10.0.0.1:4053\na")]
    [InlineData("raft-cluster\n10.0.0.1:4053#1\na b")]
    [InlineData("raft-cluster\n10.0.0.1:4053#1\na\nb")]
    public void Any_other_text_is_no_notice(string text) => Assert.Null(ClusterNotice.Parse(text));

    private void Told(string process, string cluster) => _clusters.Note(new ClusterNotice(process, cluster));

    private bool IsForeign(string address) => _clusters.IsForeign(HostPort.Parse(address), [Self]);
}

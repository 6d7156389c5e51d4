using Raft.Programs.Joining;
using Xunit;

namespace Raft.Programs.Tests.Joining;

/// <summary>Two Akka clusters that meet merge: the smaller yields, and both sides agree which one that is.</summary>
public sealed class IslandsTests
{
    private const string A = "10.0.0.1:4053#1";
    private const string B = "10.0.0.2:4053#2";
    private const string C = "10.0.0.3:4053#3";
    private const string D = "10.0.0.4:4053#4";

    [Fact]
    public void The_smaller_cluster_yields() => Yields(Of(A, [A]), Of(B, [B, C]));

    [Fact]
    public void Of_two_clusters_of_one_size_the_one_with_the_lowest_address_stays() => Yields(Of(D, [D, C]), Of(B, [A, B]));

    [Fact]
    public void Nobody_yields_within_one_cluster() => NobodyYields(Of(A, [A, B, C]), Of(B, [A, B, C]));

    [Fact]
    public void Nobody_yields_while_gossip_has_not_reached_the_other_yet() => NobodyYields(Of(A, [A, B]), Of(B, [B, C, D]));

    [Fact]
    public void A_process_that_has_not_joined_yet_is_no_cluster() => NobodyYields(Of(A, []), Of(B, [B, C]));

    [Fact]
    public void A_process_that_passes_on_what_it_was_told_is_no_cluster() => NobodyYields(Of(A, [B, C]), Of(D, [D]));

    [Fact]
    public void A_new_incarnation_at_an_old_members_address_is_another_process() =>
        Yields(Of("10.0.0.4:4053#9", ["10.0.0.4:4053#9"]), Of(A, [A, B, D]));

    [Fact]
    public void It_takes_three_sightings_in_a_row()
    {
        var islands = new Islands();
        AkkaClusterView mine = Of(A, [A]), other = Of(B, [B, C]), same = Of(B, [A, B, C]);

        Assert.False(islands.HasToYield(mine, other));
        Assert.False(islands.HasToYield(mine, other));
        Assert.False(islands.HasToYield(mine, same));
        Assert.False(islands.HasToYield(mine, other));
        Assert.False(islands.HasToYield(mine, other));
        Assert.True(islands.HasToYield(mine, other));
    }

    [Fact]
    public void Views_of_different_processes_do_not_add_up()
    {
        var islands = new Islands();
        Assert.All([B, C, D], other => Assert.False(islands.HasToYield(Of(A, [A]), Of(other, [B, C, D]))));
    }

    [Fact]
    public void However_many_processes_tell_something_only_so_many_are_counted()
    {
        var islands = new Islands();

        for (var i = 1; i < 1000; i++) islands.HasToYield(Of(A, [A]), Of($"{B}{i}", [$"{B}{i}", C]));

        Assert.InRange(islands.Counted, 1, Islands.MaxCounted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_view_is_read_as_it_was_written(bool isRequest)
    {
        var written = new AkkaClusterView(isRequest, A, [A, "lighthouse-1:4053#-17", "[fd00::7]:4053#5"]);
        var read = AkkaClusterView.Parse(written.ToString())!;

        Assert.Equal((isRequest, A), (read.IsRequest, read.Self));
        Assert.Equal(written.Members, read.Members);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("akka-members?")]
    [InlineData("akka-members?\n10.0.0.1:4053")]
    [InlineData("akka-members?\n10.0.0.1:70000#1")]
    [InlineData("akka-members?\n10.0.0.1:0#1")]
    [InlineData("akka-members?\n-..-:4053#1")]
    [InlineData("akka-members?\n10.0.0.1:4053#1\nakka.tcp://evil/user/x")]
    public void Any_other_text_is_none(string text) => Assert.Null(AkkaClusterView.Parse(text));

    [Fact]
    public void More_members_than_anybody_tells_of_are_none() =>
        Assert.Null(AkkaClusterView.Parse($"akka-members\n{A}" + string.Concat(Enumerable.Repeat($"\n{B}", 201))));

    [Fact]
    public void A_text_without_end_is_none() =>
        Assert.Null(AkkaClusterView.Parse("akka-members?" + string.Concat(Enumerable.Repeat($"\n{A}", 100_000))));

    private static AkkaClusterView Of(string self, string[] members) => new(IsRequest: false, self, members);

    private static void Yields(AkkaClusterView smaller, AkkaClusterView larger)
    {
        Assert.True(smaller.YieldsTo(larger));
        Assert.False(larger.YieldsTo(smaller));
    }

    private static void NobodyYields(AkkaClusterView one, AkkaClusterView other)
    {
        Assert.False(one.YieldsTo(other));
        Assert.False(other.YieldsTo(one));
    }
}

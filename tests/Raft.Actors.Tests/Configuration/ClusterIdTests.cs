using CsCheck;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Configuration;

/// <summary>Nodes with fixed members agree on their cluster's id without talking to each other.</summary>
public sealed class ClusterIdTests
{
    private static readonly string[] Members = ["n1=a:1", "n2=b:2", "n3=c:3", "n4=d:4", "n5=e:5"];

    [Fact]
    public void All_nodes_of_one_member_list_compute_one_id_in_whatever_order_it_is_written()
    {
        var expected = IdOf(Members);

        Gen.Select(Gen.Shuffle(Members), Gen.Int[1, 5]).Sample((shuffled, node) =>
            Assert.Equal(expected, IdOf(shuffled, $"raft.node-id = n{node}")), iter: 50);
    }

    /// <summary>A cluster that restarts without journals must not get another id with another version.</summary>
    [Fact]
    public void The_id_of_a_member_list_never_changes() => Assert.Equal(new ClusterId("81677e087cd9eeb2"), IdOf(Members));

    [Theory]
    [InlineData("n1=a:1", "n2=b:2", "n3=c:4")]
    [InlineData("n1=a:1", "n2=b:2", "n3=x:3")]
    [InlineData("n1=a:1", "n2=b:2", "n4=c:3")]
    [InlineData("n1=a:1", "n2=b:2")]
    public void Other_members_make_another_cluster(params string[] members) =>
        Assert.NotEqual(IdOf(Members[..3]), IdOf(members));

    [Fact]
    public void Another_group_is_another_cluster() =>
        Assert.NotEqual(IdOf(Members), IdOf(Members, "raft.group = orders"));

    [Fact]
    public void Timing_and_limits_do_not_matter() =>
        Assert.Equal(IdOf(Members), IdOf(Members, "raft { heartbeat-interval = 20ms, max-append-entries = 1 }"));

    [Fact]
    public void A_configured_id_is_taken_as_it_is() =>
        Assert.Equal(new ClusterId("blue"), IdOf(Members, "raft.cluster-id = blue"));

    [Fact]
    public void The_computed_id_is_a_valid_name() => Assert.Equal(IdOf(Members), ClusterId.Parse(IdOf(Members).Value));

    private static ClusterId IdOf(string[] members, string overrides = "") => TestSettings.With(
        $"raft.members = [{string.Join(", ", members.Select(m => $"\"{m}\""))}]\n{overrides}").InitialClusterId;
}

using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Hosting;

public sealed class NodeEnvironmentTests
{
    private const string Preference = "RAFT_LEADERSHIP_PREFERENCE";

    [Theory]
    [InlineData("neutral")]
    [InlineData("prefer")]
    [InlineData("avoid")]
    public void The_preference_to_lead_becomes_its_key(string preference) =>
        Assert.Contains(
            $"raft.leadership-preference = \"{preference}\"\n", Read(preference).Overrides, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_preference_the_configuration_decides(string? preference) =>
        Assert.DoesNotContain("leadership-preference", Read(preference).Overrides, StringComparison.Ordinal);

    [Fact]
    public void With_a_number_to_expect_nodes_find_each_other_through_seed_nodes()
    {
        var options = Read(("RAFT_BOOTSTRAP_EXPECT", "3"), ("RAFT_SEED_NODES", "lighthouse:4053"));

        Assert.Equal("raft.bootstrap-expect = 3", options.Overrides.Trim());
        Assert.Equal([new HostPort("lighthouse", 4053)], options.Seeds);
        Assert.Equal(4053, options.Remote.Advertised.Port);
        Assert.Empty(options.Advertised);
        Assert.True(options.IsDataShared);
    }

    [Fact]
    public void A_node_that_has_a_name_has_the_data_folder_for_itself() =>
        Assert.False(Read(("RAFT_BOOTSTRAP_EXPECT", "3"), ("RAFT_SEED_NODES", "a:1"), ("RAFT_NODE_ID", "n1")).IsDataShared);

    [Fact]
    public void A_data_folder_with_a_nodes_name_is_that_nodes_own()
    {
        using var data = new TempFolder();
        File.WriteAllText(data.File("node-id"), "n7\n");

        Assert.False(Read(("RAFT_BOOTSTRAP_EXPECT", "3"), ("RAFT_SEED_NODES", "a:1"), ("RAFT_DATA", data.Path)).IsDataShared);
    }

    [Fact]
    public void With_fixed_members_these_are_the_seeds_as_they_are_written()
    {
        var options = Read(("RAFT_NODE_ID", "n1"), ("RAFT_MEMBERS", "n1=a:1,n2=b:2"));

        Assert.Equal("a:1 b:2", string.Join(' ', options.Seeds));
        Assert.Equal(options.Seeds, options.Advertised);
        Assert.False(options.IsDataShared);
    }

    [Fact]
    public void The_clusters_name_is_the_ActorSystems() =>
        Assert.Equal("blue", Read(("RAFT_NODE_ID", "n1"), ("RAFT_MEMBERS", "n1=a:1"), ("RAFT_CLUSTER", "blue")).Cluster);

    [Theory]
    [InlineData("RAFT_MEMBERS is not set", null, null, null)]
    [InlineData("both set", "n1=a:1", "3", "a:1")]
    [InlineData("RAFT_SEED_NODES is not set", null, "3", null)]
    [InlineData("RAFT_BOOTSTRAP_EXPECT: '0' is not a number of nodes from 1 to 9", null, "0", "a:1")]
    [InlineData("RAFT_BOOTSTRAP_EXPECT: '10'", null, "10", "a:1")]
    [InlineData("RAFT_BOOTSTRAP_EXPECT: 'three'", null, "three", "a:1")]
    [InlineData("RAFT_SEED_NODES: 'a' is not an address", null, "3", "a")]
    public void What_does_not_go_together_is_refused_in_one_sentence(
        string expected, string? members, string? expect, string? seeds)
    {
        var refused = Assert.Throws<BadVariableException>(() => Read(
            ("RAFT_NODE_ID", "n1"), ("RAFT_MEMBERS", members), ("RAFT_BOOTSTRAP_EXPECT", expect), ("RAFT_SEED_NODES", seeds)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static NodeOptions Read(string? preference) =>
        Read(("RAFT_NODE_ID", "n1"), ("RAFT_MEMBERS", "n1=127.0.0.1:4053"), (Preference, preference));

    private static NodeOptions Read(params (string Name, string? Value)[] variables) =>
        NodeEnvironment.Read(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}

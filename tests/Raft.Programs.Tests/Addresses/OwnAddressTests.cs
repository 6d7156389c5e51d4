using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Programs.Tests.Addresses;

/// <summary>The address at which a process listens, and the one that it advertises.</summary>
public sealed class OwnAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:5001", "127.0.0.1:4053")]
    [InlineData("localhost:5001", "127.0.0.1:4053")]
    [InlineData("[::1]:5001", "[::1]:4053")]
    [InlineData("nobody.invalid:5001,127.0.0.1:5001", "127.0.0.1:4053")]
    public void Unless_it_is_told_it_is_reached_where_the_seed_nodes_are_reached_from(string seeds, string expected)
    {
        var own = Of(seeds);

        Assert.Equal(expected, $"{own.Advertised}");
        Assert.Contains(
            $"RAFT_REMOTE is not set. This process advertises {expected}, its address on the route to",
            own.Choice,
            StringComparison.Ordinal);
    }

    /// <summary>The machine's own address exists in every network.</summary>
    [Fact]
    public void A_seed_node_that_is_reached_over_loopback_counts_only_where_there_is_no_other()
    {
        var outside = Of("nobody.invalid:1").Advertised;

        Assert.Equal(outside, Of($"127.0.0.1:5001,{outside.Host}:5001").Advertised);
    }

    [Fact]
    public void Where_no_seed_node_has_an_address_yet_the_line_says_so() =>
        Assert.Matches(
            "RAFT_REMOTE is not set. This process advertises .+:4053, (its|because) .+", Of("nobody.invalid:1").Choice);

    [Fact]
    public void What_a_person_wrote_is_taken_and_needs_no_line()
    {
        var own = Of("127.0.0.1:5001", ("RAFT_REMOTE", "203.0.113.7:14053"), ("RAFT_REMOTE_BIND", "0.0.0.0:4053"));

        Assert.Equal("203.0.113.7:14053 0.0.0.0:4053", $"{own.Advertised} {own.Listening}");
        Assert.Null(own.Choice);
    }

    [Theory]
    [InlineData("127.0.0.2:4060", "127.0.0.2:4060")]
    [InlineData("0.0.0.0:4060", "127.0.0.1:4060")]
    [InlineData("[::]:4060", "127.0.0.1:4060")]
    public void One_address_that_is_bound_is_also_the_one_that_is_told(string bind, string told)
    {
        var own = Of("127.0.0.1:5001", ("RAFT_REMOTE_BIND", bind));

        Assert.Equal(($"{told}", bind), ($"{own.Advertised}", $"{own.Listening}"));
    }

    [Theory]
    [InlineData("RAFT_REMOTE_BIND", "0.0.0.0:0")]
    [InlineData("RAFT_REMOTE_BIND", "::1:4053")]
    [InlineData("RAFT_REMOTE", "::1:4053")]
    [InlineData("RAFT_REMOTE", "[::]:4053")]
    public void A_value_that_makes_no_sense_is_refused_by_name(string variable, string value) => Assert.StartsWith(
        $"{variable}: ",
        Assert.Throws<BadVariableException>(() => Of("127.0.0.1:1", (variable, value))).Message,
        StringComparison.Ordinal);

    private static OwnAddress Of(string seeds, params (string Name, string? Value)[] variables) =>
        OwnAddress.Of(
            new Variables(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault), HostPort.ParseList(seeds));
}

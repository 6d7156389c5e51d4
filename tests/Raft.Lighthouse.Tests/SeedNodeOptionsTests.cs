using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Lighthouse.Tests;

public sealed class SeedNodeOptionsTests
{
    [Fact]
    public void Alone_it_is_its_own_seed_at_its_own_address()
    {
        var options = Read([]);

        Assert.Equal(("raft", 4053), (options.Cluster, options.Remote.Advertised.Port));
        Assert.Equal([options.Remote.Advertised], options.Seeds);
    }

    [Fact]
    public void Its_variables_are_read()
    {
        var options = Read(
            ("RAFT_REMOTE", "localhost:4060"),
            ("RAFT_SEED_NODES", "a:1, b:2"),
            ("RAFT_CLUSTER", "blue"),
            ("RAFT_LOG_LEVEL", "Debug"));

        Assert.Equal("127.0.0.1:4060", options.Remote.Advertised.ToString());
        Assert.Equal("a:1 b:2", string.Join(' ', options.Seeds));
        Assert.Equal("blue", options.Cluster);
        Assert.Equal("akka.loglevel = DEBUG", options.Overrides.Trim());
    }

    [Theory]
    [InlineData("RAFT_REMOTE", "light")]
    [InlineData("RAFT_REMOTE", "light:0")]
    [InlineData("RAFT_REMOTE", "nobody.invalid:4053")]
    [InlineData("RAFT_REMOTE", "0.0.0.0:4053")]
    [InlineData("RAFT_SEED_NODES", "light:4053,dark")]
    [InlineData("RAFT_SEED_NODES", ",")]
    [InlineData("RAFT_CLUSTER", "a/b")]
    [InlineData("RAFT_CLUSTER", "-a")]
    [InlineData("RAFT_LOG_LEVEL", "loud")]
    [InlineData("RAFT_LOG_FORMAT", "xml")]
    public void A_value_that_makes_no_sense_is_refused_by_name(string variable, string value) =>
        Assert.Contains(
            variable, Assert.Throws<BadVariableException>(() => Read((variable, value))).Message, StringComparison.Ordinal);

    private static SeedNodeOptions Read(params (string Name, string Value)[] variables) =>
        SeedNodeOptions.Read(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}

using Raft.Host.Hosting;
using Raft.Programs.Configuration;
using Xunit;

namespace Raft.Host.Tests.Hosting;

public sealed class KnownVariablesTests
{
    [Theory]
    [InlineData("RAFT_ELECTION_TIMEOUT", "RAFT_ELECTION_TIMEOUT_MIN")]
    [InlineData("RAFT_MEMBER", "RAFT_MEMBERS")]
    [InlineData("RAFT_LEASE_READ", "RAFT_LEASE_READS")]
    [InlineData("raft_data", "RAFT_DATA")]
    public void A_variable_that_means_nothing_is_told_with_the_nearest_one(string name, string nearest) =>
        Assert.Equal(
            $"Ignoring the unknown variable {name}. Did you mean {nearest}?",
            Assert.Single(KnownVariables.Warnings([name, "PATH"])));

    [Theory]
    [InlineData("RAFT_DATA")]
    [InlineData("RAFT_CLIENT_REQUEST_TIMEOUT")]
    [InlineData("RAFT_PORT_8080_TCP")]
    [InlineData("RAFT_SERVICE_HOST")]
    [InlineData("CRAFT_X")]
    public void Known_ones_and_those_of_Kubernetes_are_not_told(string name) => Assert.Empty(KnownVariables.Warnings([name]));

    [Fact]
    public void A_key_is_overridden_by_its_variable_whatever_it_holds() =>
        Assert.Equal(
            "raft.group = \"a\\\"b\\\\c\"\nraft.lease-reads = \"on\"\n",
            RaftKeys.Overrides(Of(("RAFT_LEASE_READS", "on"), ("RAFT_GROUP", "a\"b\\c"), ("RAFT_PRE_VOTE", ""))));

    [Fact]
    public void A_value_of_two_lines_is_refused() =>
        Assert.Contains(
            "RAFT_GROUP contains a line break",
            Assert.Throws<BadVariableException>(
                () => RaftKeys.Overrides(Of(("RAFT_GROUP", "a\nraft.allow-in-memory-journal = on")))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_message_names_the_variables_beside_the_keys() =>
        Assert.Equal(
            "raft.max-sessions (RAFT_MAX_SESSIONS) and raft.client.retry-interval (RAFT_CLIENT_RETRY_INTERVAL), not raft.other.",
            RaftKeys.NameVariables("raft.max-sessions and raft.client.retry-interval, not raft.other."));

    private static Variables Of(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(v => v.Name, v => (string?)v.Value).GetValueOrDefault);
}

using Akka.Configuration;
using Raft.Actors.Configuration;
using Xunit;

namespace Raft.Actors.Tests.Configuration;

/// <summary>A bad value stops the start with one line that names its key.</summary>
public sealed class RaftSettingsTests
{
    [Fact]
    public void A_key_is_kept_for_as_long_as_a_client_sends_a_command_again()
    {
        var settings = TestSettings.With("raft { client.request-timeout = 30s, idempotency-retention = 1s }");

        Assert.Equal(TimeSpan.FromSeconds(30), settings.IdempotencyRetention);
    }

    [Theory]
    [InlineData("raft.election-timeout-min = 199ms", "raft.election-timeout-min", "raft.heartbeat-interval")]
    [InlineData("raft.heartbeat-interval = 251ms", "raft.election-timeout-min", "raft.heartbeat-interval")]
    [InlineData("raft.election-timeout-max = 500ms", "raft.election-timeout-max", "raft.election-timeout-min")]
    [InlineData("raft.election-timeout-max = 400ms", "raft.election-timeout-max", "raft.election-timeout-min")]
    [InlineData("raft.max-append-bytes = 1033KiB", "raft.max-append-bytes", "maximum-frame-size")]
    [InlineData("raft.client.max-batch-bytes = 1033KiB", "raft.client.max-batch-bytes", "maximum-frame-size")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = 128000b", "raft.max-append-bytes", "maximum-frame-size")]
    [InlineData("raft.max-command-bytes = 509KiB", "raft.max-command-bytes", "raft.max-append-bytes")]
    [InlineData("raft.client.max-batch-bytes = 387KiB", "raft.max-command-bytes", "raft.client.max-batch-bytes")]
    [InlineData("raft.max-pending-bytes = 383KiB", "raft.max-pending-bytes", "raft.max-command-bytes")]
    [InlineData("raft.restart-backoff-max = 199ms", "raft.restart-backoff-max", "raft.restart-backoff-min")]
    [InlineData("raft.client.retry-interval = 5s", "raft.client.retry-interval", "raft.client.request-timeout")]
    [InlineData("raft.client.failover-after = 5s", "raft.client.failover-after", "raft.client.request-timeout")]
    public void Values_that_contradict_each_other_are_refused_and_both_keys_named(string bad, string key, string other)
    {
        var line = Refusal(bad);

        Assert.Contains(key, line, StringComparison.Ordinal);
        Assert.Contains(other, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raft.election-timeout-min = 200ms")]
    [InlineData("raft.heartbeat-interval = 250ms")]
    [InlineData("raft.election-timeout-max = 501ms")]
    [InlineData("raft.max-append-bytes = 1008KiB")]
    [InlineData("raft.max-command-bytes = 508KiB")]
    [InlineData("raft.client.max-batch-bytes = 388KiB")]
    [InlineData("raft.max-pending-bytes = 384KiB")]
    [InlineData("raft.restart-backoff-max = 200ms")]
    [InlineData("raft.client.failover-after = 4999ms")]
    public void The_last_allowed_value_is_allowed(string edge) => Assert.NotNull(TestSettings.With(edge));

    /// <summary>A sum that overflows must not make room.</summary>
    [Theory]
    [InlineData("raft.max-append-bytes = 2147483647", "raft.max-append-bytes")]
    [InlineData("raft.client.max-batch-bytes = 2147483647", "raft.client.max-batch-bytes")]
    [InlineData("raft { max-command-bytes = 2147483647, max-pending-bytes = 2147483647 }", "raft.max-command-bytes")]
    [InlineData("raft { heartbeat-interval = 9000000d, election-timeout-min = 1s }", "raft.heartbeat-interval")]
    public void A_value_so_large_that_arithmetic_overflows_is_refused_too(string bad, string key) =>
        Assert.Contains(key, Refusal(bad), StringComparison.Ordinal);

    [Theory]
    [InlineData("max-pending-proposals")]
    [InlineData("max-pending-reads")]
    [InlineData("max-append-entries")]
    [InlineData("max-inflight-appends")]
    [InlineData("client.max-batch-requests")]
    [InlineData("client.max-pending-requests")]
    public void A_count_is_a_whole_number_from_1_on(string key) =>
        Assert.All(["0", "-1", "many", "1.5", "99999999999", "\"\""], bad =>
            Assert.StartsWith($"raft.{key} is ", Refusal($"raft.{key} = {bad}"), StringComparison.Ordinal));

    [Theory]
    [InlineData("max-pending-bytes")]
    [InlineData("max-command-bytes")]
    [InlineData("max-append-bytes")]
    [InlineData("client.max-batch-bytes")]
    public void A_size_is_from_1_byte_to_2_GiB(string key) =>
        Assert.All(["0", "-1KiB", "big", "3GiB", "\"\""], bad =>
            Assert.StartsWith($"raft.{key} is ", Refusal($"raft.{key} = {bad}"), StringComparison.Ordinal));

    [Theory]
    [InlineData("election-timeout-min")]
    [InlineData("election-timeout-max")]
    [InlineData("heartbeat-interval")]
    [InlineData("journal-timeout")]
    [InlineData("restart-backoff-min")]
    [InlineData("restart-backoff-max")]
    [InlineData("client.request-timeout")]
    [InlineData("client.retry-interval")]
    [InlineData("client.failover-after")]
    public void A_duration_is_a_time_above_0(string key) =>
        Assert.All(["0s", "-5ms", "soon", "infinite", "\"\""], bad =>
            Assert.StartsWith($"raft.{key} is ", Refusal($"raft.{key} = {bad}"), StringComparison.Ordinal));

    [Theory]
    [InlineData("maybe")]
    [InlineData("2")]
    public void A_flag_is_on_or_off(string bad) =>
        Assert.StartsWith(
            "raft.allow-in-memory-journal is ", Refusal($"raft.allow-in-memory-journal = {bad}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("raft.group = \"a/b\"", "raft.group")]
    [InlineData("raft.group = \"\"", "raft.group")]
    [InlineData("raft.node-id = \"\"", "raft.node-id")]
    [InlineData("raft.node-id = \"n 1\"", "raft.node-id")]
    [InlineData("raft.cluster-id = \"c:1\"", "raft.cluster-id")]
    public void A_name_has_1_to_64_letters_digits_dots_dashes_and_underscores(string bad, string key) =>
        Assert.StartsWith(key, Refusal(bad), StringComparison.Ordinal);

    [Theory]
    [InlineData("bootstrap-expect = 3", "raft.members and raft.bootstrap-expect are both set")]
    [InlineData("members = [], bootstrap-expect = 10", "raft.bootstrap-expect is 10")]
    [InlineData("members = [], bootstrap-expect = -1", "raft.bootstrap-expect is -1")]
    [InlineData("members = [], bootstrap-expect = three", "raft.bootstrap-expect is 'three'")]
    [InlineData("members = [], bootstrap-expect = 3, cluster-id = blue", "raft.cluster-id can't be set")]
    public void Members_are_named_or_found(string raft, string problem) =>
        Assert.StartsWith(problem, Refusal($"raft {{ {raft} }}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "is empty")]
    [InlineData("[\"n1=a:1\", \"n2=b:2\", \"n1=c:3\"]", "n1 twice")]
    [InlineData("[\"n1=a:1\", \"n2\"]", "'n2'")]
    [InlineData("[\"n1=a:1\", \"n2=b:0\"]", "'n2=b:0'")]
    [InlineData("[\"n2=b:2\", \"n3=c:3\"]", "does not name this node, n1")]
    [InlineData("[\",\"]", "NAME=HOST:PORT")]
    [InlineData("7", "NAME=HOST:PORT")]
    [InlineData("{ n1 = \"a:1\" }", "NAME=HOST:PORT")]
    public void Members_are_a_list_that_contains_this_node_and_each_member_once(string members, string problem)
    {
        var line = Refusal($"raft.members = {members}");

        Assert.StartsWith("raft.members", line, StringComparison.Ordinal);
        Assert.Contains(problem, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void A_group_has_9_members_at_the_most(int count, bool isAllowed)
    {
        var members = string.Join(", ", Enumerable.Range(1, count).Select(i => $"\"n{i}=host:{i}\""));
        var refusal = Record.Exception(() => TestSettings.With($"raft.members = [{members}]"));

        Assert.Equal(isAllowed, refusal is null);
        if (!isAllowed) Assert.StartsWith("raft.members has 10 members", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_reference_below_it_a_configuration_is_refused_with_a_hint()
    {
        var refusal = Assert.Throws<RaftConfigurationException>(() => new RaftSettings(TestSettings.Application));

        Assert.Contains("RaftConfig.Reference", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<RaftConfigurationException>(() => new ClientSettings(Config.Empty));
    }

    [Fact]
    public void Without_a_frame_size_a_configuration_is_refused()
    {
        var config = ConfigurationFactory.ParseString("raft { node-id = n1, members = [\"n1=a:1\"] }");

        var refusal = Assert.Throws<RaftConfigurationException>(
            () => new RaftSettings(config.WithFallback(RaftConfig.Reference)));

        Assert.Contains("akka.remote.dot-netty.tcp.maximum-frame-size", refusal.Message, StringComparison.Ordinal);
    }

    private static string Refusal(string bad)
    {
        var line = Assert.Throws<RaftConfigurationException>(() => TestSettings.With(bad)).Message;
        Assert.DoesNotContain('\n', line);
        Assert.EndsWith(".", line, StringComparison.Ordinal);
        return line;
    }
}

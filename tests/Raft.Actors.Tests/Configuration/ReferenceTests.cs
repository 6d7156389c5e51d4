using Akka.Configuration.Hocon;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Configuration;

/// <summary>Pins every default of <c>reference.conf</c>, and that each key reaches the setting that it names.</summary>
public sealed class ReferenceTests
{
    private const int KiB = 1024;

    internal static readonly Dictionary<string, Key> Keys = new()
    {
        ["group"] = new(s => s.Group, new GroupId("default"), "orders", new GroupId("orders")),
        ["cluster-id"] = new(s => s.ConfiguredClusterId, null, "c-7", new ClusterId("c-7")),
        ["election-timeout-min"] = new(s => s.ElectionTimeoutMin, Ms(500), "300ms", Ms(300)),
        ["election-timeout-max"] = new(s => s.ElectionTimeoutMax, Ms(1000), "3s", Ms(3000)),
        ["volatile"] = new(s => s.IsVolatile, false, "on", true),
        ["heartbeat-interval"] = new(s => s.HeartbeatInterval, Ms(100), "70ms", Ms(70)),
        ["pre-vote"] = new(s => s.IsPreVoteOn, true, "off", false),
        ["check-quorum"] = new(s => s.IsCheckQuorumOn, true, "off", false),
        ["lease-reads"] = new(s => s.AreLeaseReadsOn, false, "on", true),
        ["max-clock-drift"] = new(s => s.MaxClockDrift, 0.02, "0.1", 0.1),
        ["leadership-preference"] = new(
            s => s.LeadershipPreference, LeadershipPreference.Neutral, "avoid", LeadershipPreference.Avoid),
        ["transfer-at-shutdown"] = new(s => s.IsTransferAtShutdownOn, true, "off", false),
        ["session-timeout"] = new(s => s.SessionTimeout, Ms(3_600_000), "2h", Ms(7_200_000)),
        ["idempotency-retention"] = new(s => s.IdempotencyRetention, Ms(10_000), "1m", Ms(60_000)),
        ["max-sessions"] = new(s => s.MaxSessions, 16384, "3", 3),
        ["max-session-replies"] = new(s => s.MaxSessionReplies, 16384, "4", 4),
        ["max-pending-proposals"] = new(s => s.MaxPendingProposals, 16384, "5", 5),
        ["max-pending-bytes"] = new(s => s.MaxPendingBytes, 64 * KiB * KiB, "32MiB", 32 * KiB * KiB),
        ["max-pending-reads"] = new(s => s.MaxPendingReads, 16384, "6", 6),
        ["max-command-bytes"] = new(s => s.MaxCommandBytes, 384 * KiB, "10KiB", 10 * KiB),
        ["max-append-entries"] = new(s => s.MaxAppendEntries, 2048, "7", 7),
        ["max-append-bytes"] = new(s => s.MaxAppendBytes, 512 * KiB, "500KiB", 500 * KiB),
        ["max-inflight-appends"] = new(s => s.MaxInflightAppends, 64, "8", 8),
        ["max-inflight-bytes"] = new(s => s.MaxInflightBytes, 16 * KiB * KiB, "8MiB", 8 * KiB * KiB),
        ["snapshot-after-bytes"] = new(s => s.SnapshotAfterBytes, 64 * KiB * KiB, "0", 0),
        ["snapshot-keep-entries"] = new(s => s.SnapshotKeepEntries, 4096, "0", 0),
        ["snapshot-keep-bytes"] = new(s => s.SnapshotKeepBytes, 8 * KiB * KiB, "1MiB", KiB * KiB),
        ["snapshot-chunk-bytes"] = new(s => s.SnapshotChunkBytes, 256 * KiB, "64KiB", 64 * KiB),
        ["snapshot-retry-pause"] = new(s => s.SnapshotRetryPause, Ms(10_000), "20s", Ms(20_000)),
        ["journal-timeout"] = new(s => s.JournalTimeout, Ms(30_000), "40s", Ms(40_000)),
        ["restart-backoff-min"] = new(s => s.RestartBackoffMin, Ms(200), "1s", Ms(1000)),
        ["restart-backoff-max"] = new(s => s.RestartBackoffMax, Ms(10_000), "1m", Ms(60_000)),
        ["silent-link-timeout"] = new(s => s.SilentLinkTimeout, Ms(10_000), "4s", Ms(4000)),
        ["client.request-timeout"] = new(s => s.Client.RequestTimeout, Ms(5000), "9s", Ms(9000)),
        ["client.retry-interval"] = new(s => s.Client.RetryInterval, Ms(50), "20ms", Ms(20)),
        ["client.search-after"] = new(s => s.Client.SearchAfter, Ms(200), "300ms", Ms(300)),
        ["client.failover-after"] = new(s => s.Client.FailoverAfter, Ms(1000), "2s", Ms(2000)),
        ["client.max-batch-requests"] = new(s => s.Client.MaxBatchRequests, 1024, "9", 9),
        ["client.max-batch-bytes"] = new(s => s.Client.MaxBatchBytes, 512 * KiB, "400KiB", 400 * KiB),
        ["client.max-pending-requests"] = new(s => s.Client.MaxPendingRequests, 16384, "10", 10),
    };

    /// <summary>These have no usable default: a node must be told who it is.</summary>
    private static readonly string[] WithoutDefault = ["node-id", "members", "bootstrap-expect"];

    public static TheoryData<string> KeyNames => [.. Keys.Keys];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void The_default_is_as_documented(string key) =>
        Assert.Equal(Keys[key].Default, Keys[key].Read(TestSettings.With("")));

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void An_override_reaches_the_setting_that_the_key_names_and_no_other(string key)
    {
        var settings = TestSettings.With($"raft.{key} = {Keys[key].Text}");

        Assert.All(Keys, other => Assert.Equal(
            other.Key == key ? other.Value.Value : other.Value.Default, other.Value.Read(settings)));
    }

    [Fact]
    public void Every_key_of_the_reference_is_pinned_here_and_no_key_is_missing_there() =>
        Assert.Equal(
            Keys.Keys.Concat(WithoutDefault).Order(StringComparer.Ordinal),
            Leaves.Order(StringComparer.Ordinal));

    [Fact]
    public void The_client_reads_the_largest_command_from_the_nodes_key() =>
        Assert.Equal(10 * KiB, TestSettings.With("raft.max-command-bytes = 10KiB").Client.MaxCommandBytes);

    [Fact]
    public void The_node_and_its_members_are_read_as_written()
    {
        var settings = TestSettings.With("");

        Assert.Equal(new NodeId("n1"), settings.NodeId);
        Assert.Equal(
            ["n1=127.0.0.1:1", "n2=127.0.0.1:2", "n3=127.0.0.1:3"], settings.Members.Select(m => m.ToString()));
    }

    [Fact]
    public void A_node_that_founds_a_cluster_with_others_names_no_members()
    {
        var settings = TestSettings.With("raft { members = [], bootstrap-expect = 3 }");

        Assert.Equal(3, settings.BootstrapExpect);
        Assert.Empty(settings.Members);
        Assert.Equal(0, TestSettings.With("").BootstrapExpect);
    }

    [Fact]
    public void A_client_needs_no_node_id_and_no_members()
    {
        var settings = new ClientSettings(RaftConfig.Reference);

        Assert.Equal(Ms(5000), settings.RequestTimeout);
    }

    /// <summary>All keys of the reference, below <c>raft</c>.</summary>
    internal static IEnumerable<string> Leaves => LeavesOf(RaftConfig.Reference.GetConfig("raft").Root, "");

    private static IEnumerable<string> LeavesOf(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => LeavesOf(item.Value, path.Length == 0 ? item.Key : $"{path}.{item.Key}"))
        : [path];

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    internal sealed record Key(Func<RaftSettings, object?> Read, object? Default, string Text, object Value);
}

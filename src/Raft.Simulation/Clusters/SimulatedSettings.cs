using System.Collections.Concurrent;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Clusters;

/// <summary>
/// The settings of a run's nodes. Each combination is parsed once, because parsing HOCON is slow. Settings of a single node are
/// below its name: <c>nodes.n2.raft.leadership-preference = prefer</c>.
/// </summary>
internal static class SimulatedSettings
{
    private static readonly string[][] Limits =
    [
        ["", "raft.max-append-entries = 1", "raft.max-append-entries = 3"],
        ["", "raft.max-inflight-appends = 1", "raft.max-inflight-appends = 2"],
        ["", "raft.max-pending-proposals = 2", "raft.max-pending-reads = 1"],
        ["", "raft.journal-timeout = 2s"],
        ["", "raft.session-timeout = 2s", "raft.max-sessions = 2", "raft.max-session-replies = 1"],
        ["", SmallAppends, $"{SmallAppends}\nraft.max-inflight-bytes = 6KiB"],
    ];

    private const string SmallAppends =
        "raft.max-command-bytes = 1KiB\nraft.max-append-bytes = 6KiB\nraft.client.max-batch-bytes = 6KiB";

    /// <summary>
    /// How leaders are elected and how they stay. Clocks drift by at most a tenth, so leases are safe with that bound.
    /// </summary>
    private static readonly string[] Leadership =
    [
        "",
        "raft.lease-reads = on\nraft.max-clock-drift = 0.1",
        "raft.lease-reads = on\nraft.max-clock-drift = 0.1",
        "raft.pre-vote = off",
        "raft.check-quorum = off",
        "raft.pre-vote = off\nraft.check-quorum = off",
    ];

    private static readonly string[] LeadershipKeys = ["raft.lease-reads", "raft.pre-vote", "raft.check-quorum"];

    /// <summary>
    /// Snapshots: frequent, of many parts and with few entries kept, so that followers need them; or of one part; or none. The
    /// workload's state has some hundred bytes.
    /// </summary>
    private static readonly string[] Snapshots =
    [
        "raft.snapshot-after-bytes = 2KiB\nraft.snapshot-keep-entries = 0\nraft.snapshot-chunk-bytes = 300",
        "raft.snapshot-after-bytes = 1KiB\nraft.snapshot-keep-entries = 3\nraft.snapshot-chunk-bytes = 150",
        "raft.snapshot-after-bytes = 4KiB\nraft.snapshot-keep-bytes = 1KiB\nraft.snapshot-chunk-bytes = 6KiB",
        "raft.snapshot-after-bytes = 0",
    ];

    private static readonly string[] Preferences =
    [
        "",
        "",
        "nodes.n1.raft.leadership-preference = prefer",
        "nodes.n1.raft.leadership-preference = avoid",
        "nodes.n1.raft.leadership-preference = avoid\nnodes.n2.raft.leadership-preference = prefer",
    ];

    private static readonly ConcurrentDictionary<(int Nodes, string Hocon), RaftSettings[]> Cache = new();

    /// <summary>Returns the settings that a run draws; empty if it draws none.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="given">Settings that are fixed: the draw does not contradict what leases need.</param>
    public static string Draw(SeededRandom random, string given)
    {
        var limits = string.Join('\n', Limits.Select(alternatives => alternatives[random.Next(alternatives.Length)]));
        var leadership = Leadership[random.Next(Leadership.Length)];
        var preferences = Preferences[random.Next(Preferences.Length)];
        var snapshots = Snapshots[random.Next(Snapshots.Length)];
        return SaysHowToLead(given)
            ? $"{limits}\n{preferences}\n{snapshots}"
            : $"{limits}\n{leadership}\n{preferences}\n{snapshots}";
    }

    /// <summary>Returns the settings of each node: n1, n2 …</summary>
    /// <exception cref="RaftConfigurationException">A value is invalid. The message names the key.</exception>
    public static IReadOnlyList<RaftSettings> Of(int nodes, string hocon) =>
        Cache.GetOrAdd((nodes, hocon), key => [.. Enumerable.Range(1, key.Nodes).Select(i => Read(i, key.Nodes, key.Hocon))]);

    private static bool SaysHowToLead(string hocon)
    {
        if (hocon.Length == 0) return false;
        var config = ConfigurationFactory.ParseString(hocon);
        return LeadershipKeys.Any(config.HasPath);
    }

    private static RaftSettings Read(int node, int nodes, string hocon)
    {
        var members = string.Join(", ", Enumerable.Range(1, nodes).Select(i => $"\"n{i}=n{i}:4053\""));
        var all = ConfigurationFactory.ParseString($"{hocon}\nraft.node-id = n{node}");
        if (!all.HasPath("raft.bootstrap-expect"))
            all = ConfigurationFactory.ParseString($"raft.members = [{members}]").WithFallback(all);
        var own = all.GetConfig($"nodes.n{node}") ?? Config.Empty;
        return new RaftSettings(own
            .WithFallback(all)
            .WithFallback(RaftConfig.Reference)
            .WithFallback(ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 1MiB")));
    }
}

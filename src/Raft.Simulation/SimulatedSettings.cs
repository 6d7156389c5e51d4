using System.Collections.Concurrent;
using Akka.Configuration;
using Raft.Actors.Configuration;
using Raft.Simulation.Engine;

namespace Raft.Simulation;

/// <summary>The settings of a run's nodes. They are read once for each combination, since reading HOCON is slow.</summary>
internal static class SimulatedSettings
{
    private static readonly string[][] Limits =
    [
        ["", "raft.max-append-entries = 1", "raft.max-append-entries = 3"],
        ["", "raft.max-inflight-appends = 1", "raft.max-inflight-appends = 2"],
        ["", "raft.max-pending-proposals = 2", "raft.max-pending-reads = 1"],
        ["", "raft.journal-timeout = 2s"],
        ["", "raft.session-timeout = 2s", "raft.max-sessions = 2", "raft.max-session-replies = 1"],
        ["", "raft.max-command-bytes = 1KiB\nraft.max-append-bytes = 6KiB\nraft.client.max-batch-bytes = 6KiB"],
    ];

    private static readonly ConcurrentDictionary<(int Nodes, string Hocon), RaftSettings[]> Cache = new();

    /// <summary>What a run draws from the limits; empty where it draws none.</summary>
    public static string DrawLimits(SeededRandom random) =>
        string.Join('\n', Limits.Select(alternatives => alternatives[random.Next(alternatives.Length)]));

    /// <summary>One for each node: n1, n2 …</summary>
    /// <exception cref="RaftConfigurationException">A value is wrong; the message names the key.</exception>
    public static IReadOnlyList<RaftSettings> Of(int nodes, string hocon) =>
        Cache.GetOrAdd((nodes, hocon), key => [.. Enumerable.Range(1, key.Nodes).Select(i => Read(i, key.Nodes, key.Hocon))]);

    private static RaftSettings Read(int node, int nodes, string hocon)
    {
        var members = string.Join(", ", Enumerable.Range(1, nodes).Select(i => $"\"n{i}=n{i}:4053\""));
        return new RaftSettings(ConfigurationFactory
            .ParseString($"{hocon}\nraft.node-id = n{node}\nraft.members = [{members}]")
            .WithFallback(RaftConfig.Reference)
            .WithFallback(ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 1MiB")));
    }
}

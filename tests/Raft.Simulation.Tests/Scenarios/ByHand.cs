using Raft.Simulation.Scenarios;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Clusters in which nodes remember whom they heard for a second, and campaign when the scenario says so: pre-vote and
/// check-quorum are on, and no election timer rings by itself for hours.
/// </summary>
internal static class ByHand
{
    /// <summary>After this time without a leader a node elects another.</summary>
    public static readonly TimeSpan Stickiness = TimeSpan.FromSeconds(1.1);

    /// <summary>Nodes that have been up for long enough to elect one.</summary>
    public static SimulatedCluster Cluster(int nodes, long seed, string settings = "")
    {
        var options = new ScenarioOptions
        {
            HasElectionTimers = true,
            Settings = $"raft.election-timeout-min = 1s\nraft.election-timeout-max = 24h\n{settings}",
        };
        return new SimulatedCluster(nodes, seed, options);
    }

    /// <summary>The cluster, when all nodes have been up for so long that they may elect one.</summary>
    public static SimulatedCluster Ready(int nodes, long seed, string settings = "")
    {
        var cluster = Cluster(nodes, seed, settings).Start();
        cluster.Run(Stickiness);
        return cluster;
    }
}

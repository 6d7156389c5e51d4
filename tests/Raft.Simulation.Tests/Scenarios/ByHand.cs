using Raft.Simulation.Scenarios;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// Clusters whose nodes remember a leader for one second and campaign only when the scenario says so: pre-vote and check-quorum
/// are on, and election timers fire only after hours.
/// </summary>
internal static class ByHand
{
    /// <summary>The time without a leader after which a node elects another.</summary>
    public static readonly TimeSpan Stickiness = TimeSpan.FromSeconds(1.1);

    /// <summary>Waits until the nodes have been up long enough to elect a leader.</summary>
    public static SimulatedCluster Cluster(int nodes, long seed, string settings = "")
    {
        var options = new ScenarioOptions
        {
            HasElectionTimers = true,
            Settings = $"raft.election-timeout-min = 1s\nraft.election-timeout-max = 24h\n{settings}",
        };
        return new SimulatedCluster(nodes, seed, options);
    }

    /// <summary>The cluster, after all nodes have been up long enough to elect a leader.</summary>
    public static SimulatedCluster Ready(int nodes, long seed, string settings = "")
    {
        var cluster = Cluster(nodes, seed, settings).Start();
        cluster.Run(Stickiness);
        return cluster;
    }
}

using Raft.Faults.Cluster;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>Where a fault strikes.</summary>
/// <param name="Cluster">The nodes.</param>
/// <param name="Leader">The node that leads.</param>
/// <param name="Followers">The others, in random order.</param>
/// <param name="Random">Makes the fault's choices.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record Scene(
    FaultCluster Cluster, int Leader, IReadOnlyList<int> Followers, Random Random, CancellationToken Cancellation)
{
    /// <summary>The network.</summary>
    public FaultNetwork Network => Cluster.Network;

    /// <summary>All nodes, in random order.</summary>
    public int[] Shuffled()
    {
        int[] nodes = [.. FaultCluster.Nodes];
        Random.Shuffle(nodes);
        return nodes;
    }

    /// <summary>Leaves the cluster alone for some seconds.</summary>
    public Task HoldAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Cancellation);

    /// <summary>Lets a rule hold on some ways for some seconds.</summary>
    public async Task HoldAsync(string rule, IEnumerable<Way> ways, double seconds)
    {
        await Network.AddAsync(rule, ways);
        await HoldAsync(seconds);
        await Network.HealAsync(FaultCluster.Count);
    }
}

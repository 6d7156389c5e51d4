using Raft.Faults.Cluster;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>The environment of a fault.</summary>
/// <param name="Cluster">The nodes.</param>
/// <param name="Leader">The leader.</param>
/// <param name="Followers">The others, in random order.</param>
/// <param name="Random">The source of the fault's random choices.</param>
/// <param name="Cancellation">Cancels the fault.</param>
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

    /// <summary>Waits for some seconds.</summary>
    public Task HoldAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Cancellation);

    /// <summary>Applies a rule to some links for some seconds.</summary>
    public async Task HoldAsync(string rule, IEnumerable<Way> ways, double seconds)
    {
        await Network.AddAsync(rule, ways);
        await HoldAsync(seconds);
        await Network.HealAsync(FaultCluster.Count);
    }
}

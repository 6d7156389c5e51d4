using Raft.Faults.Cluster;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>Faults of the network between the nodes. The clients always reach every node.</summary>
internal static class NetworkFaults
{
    private const double CutSeconds = 4;
    private const double LongCutSeconds = 60;
    private const double LossSeconds = 5;
    private const double ResetSeconds = 0.2;
    private const int Flaps = 3;

    /// <summary>The leader, alone or with one follower, is cut off from the others.</summary>
    public static Task PartitionLeaderAsync(Scene scene) => PartitionAsync(scene, scene.Random.Next(2), CutSeconds);

    /// <summary>The leader and a follower are cut off from the others for a minute.</summary>
    public static Task LongPartitionAsync(Scene scene) => PartitionAsync(scene, withLeader: 1, LongCutSeconds);

    /// <summary>The leader sends messages, but receives none.</summary>
    public static Task DeafLeaderAsync(Scene scene) => scene.HoldAsync(
        FaultNetwork.Drop, scene.Followers.Select(f => new Way(FaultNetwork.AddressOf(f), scene.Leader)), CutSeconds);

    /// <summary>The leader receives messages, but nothing that it sends arrives.</summary>
    public static Task MuteLeaderAsync(Scene scene) => scene.HoldAsync(
        FaultNetwork.Drop, scene.Followers.Select(f => new Way(FaultNetwork.AddressOf(scene.Leader), f)), CutSeconds);

    /// <summary>Two pairs of nodes don't reach each other; the fifth node reaches all.</summary>
    public static Task BridgeAsync(Scene scene)
    {
        var nodes = scene.Shuffled();
        return scene.HoldAsync(FaultNetwork.Drop, FaultNetwork.Between(nodes[..2], nodes[2..4]), CutSeconds);
    }

    /// <summary>A follower is cut off and reached again, every second.</summary>
    public static Task FlappingFollowerAsync(Scene scene) => FlapAsync(scene, scene.Followers[0]);

    /// <summary>The leader is cut off and reached again, every second.</summary>
    public static Task FlappingLeaderAsync(Scene scene) => FlapAsync(scene, scene.Leader);

    /// <summary>One in five packets between any two nodes is lost.</summary>
    public static Task LossAsync(Scene scene) => scene.HoldAsync(
        FaultNetwork.DropOneOfFive,
        FaultCluster.Nodes.SelectMany(node => FaultNetwork.Between([node], FaultCluster.Nodes.Where(other => other > node))),
        LossSeconds);

    /// <summary>All connections of the leader are reset, including those of clients.</summary>
    public static Task ResetAsync(Scene scene) => scene.HoldAsync(
        FaultNetwork.Reset,
        FaultNetwork.Between([scene.Leader], scene.Followers).Append(new Way(FaultNetwork.ClientsAddress, scene.Leader)),
        ResetSeconds);

    private static Task PartitionAsync(Scene scene, int withLeader, double seconds) => scene.HoldAsync(
        FaultNetwork.Drop,
        FaultNetwork.Between(scene.Followers.Take(withLeader).Append(scene.Leader), scene.Followers.Skip(withLeader)),
        seconds);

    private static async Task FlapAsync(Scene scene, int node)
    {
        for (var i = 0; i < Flaps; i++)
        {
            await scene.HoldAsync(FaultNetwork.Drop, FaultNetwork.Between([node], FaultCluster.Nodes.Where(n => n != node)), 1);
            await scene.HoldAsync(1);
        }
    }
}

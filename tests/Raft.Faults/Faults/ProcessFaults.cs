using Raft.Faults.Cluster;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>Faults of processes.</summary>
internal static class ProcessFaults
{
    private const double DownSeconds = 2;
    private const double PauseSeconds = 5;
    private const double ShortPauseSeconds = 3;
    private const double ShortGapSeconds = 0.1;
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    /// <summary>A follower is down for a while.</summary>
    public static Task KillFollowerAsync(Scene scene) => KillAsync(scene, scene.Followers[0]);

    /// <summary>The leader is down for a while.</summary>
    public static Task KillLeaderAsync(Scene scene) => KillAsync(scene, scene.Leader);

    /// <summary>All nodes are killed at once and restarted.</summary>
    public static async Task KillAllAsync(Scene scene)
    {
        await Task.WhenAll(FaultCluster.Nodes.Select(scene.Cluster.KillAsync));
        await Task.WhenAll(FaultCluster.Nodes.Select(scene.Cluster.StartAsync));
    }

    /// <summary>The leader's process is paused, as by <c>docker pause</c>.</summary>
    public static async Task PauseLeaderAsync(Scene scene)
    {
        var process = scene.Cluster.ProcessOf(scene.Leader);
        await Shell.SignalAsync(process, "STOP");
        await scene.HoldAsync(PauseSeconds);
        await Shell.SignalAsync(process, "CONT");
    }

    /// <summary>
    /// A follower is killed and restarted while another one is paused three times, so that their connection attempts fail
    /// half-way. In the end both must reach each other and all other nodes.
    /// </summary>
    public static async Task PausedStartAsync(Scene scene)
    {
        var (starting, standing) = (scene.Followers[0], scene.Cluster.ProcessOf(scene.Followers[1]));
        await scene.Cluster.KillAsync(starting);
        var start = scene.Cluster.StartAsync(starting);
        for (var i = 0; i < 3; i++)
        {
            await Shell.SignalAsync(standing, "STOP");
            await scene.HoldAsync(ShortPauseSeconds);
            await Shell.SignalAsync(standing, "CONT");
            await scene.HoldAsync(ShortGapSeconds);
        }

        await start;
        await new Reach(scene.Cluster).WaitAsync(CatchUp, scene.Cancellation);
    }

    /// <summary>Each node is stopped with SIGTERM and restarted, the next one when it has caught up, the leader last.</summary>
    public static async Task RollingRestartAsync(Scene scene)
    {
        foreach (var node in scene.Followers.Append(scene.Leader))
        {
            await scene.Cluster.StopAsync(node);
            await scene.Cluster.StartAsync(node);
            await new Settling(scene.Cluster).WaitAsync(CatchUp, scene.Cancellation);
        }
    }

    /// <summary>The lighthouse is down; a follower that is killed meanwhile must rejoin without it.</summary>
    public static async Task LighthouseGoneAsync(Scene scene)
    {
        await scene.Cluster.Discovery.DisposeAsync();
        await KillFollowerAsync(scene);
        await new Settling(scene.Cluster).WaitAsync(CatchUp, scene.Cancellation);
        await scene.Cluster.Discovery.StartAsync();
    }

    private static async Task KillAsync(Scene scene, int node)
    {
        await scene.Cluster.KillAsync(node);
        await scene.HoldAsync(DownSeconds);
        await scene.Cluster.StartAsync(node);
    }
}

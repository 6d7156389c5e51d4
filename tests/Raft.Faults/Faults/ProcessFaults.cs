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

    /// <summary>A follower is gone for a while.</summary>
    public static Task KillFollowerAsync(Scene scene) => KillAsync(scene, scene.Followers[0]);

    /// <summary>The leader is gone for a while.</summary>
    public static Task KillLeaderAsync(Scene scene) => KillAsync(scene, scene.Leader);

    /// <summary>All are killed at once and started again.</summary>
    public static async Task KillAllAsync(Scene scene)
    {
        await Task.WhenAll(FaultCluster.Nodes.Select(scene.Cluster.KillAsync));
        await Task.WhenAll(FaultCluster.Nodes.Select(scene.Cluster.StartAsync));
    }

    /// <summary>The leader's process stands still, as <c>docker pause</c> makes it.</summary>
    public static async Task PauseLeaderAsync(Scene scene)
    {
        var process = scene.Cluster.ProcessOf(scene.Leader);
        await Shell.SignalAsync(process, "STOP");
        await scene.HoldAsync(PauseSeconds);
        await Shell.SignalAsync(process, "CONT");
    }

    /// <summary>
    /// A follower is killed and started, and another one stands still three times meanwhile: their dials fail half-way. Both must
    /// reach each other and all others in the end.
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

    /// <summary>Each node is stopped by SIGTERM and started again, the next one when it has caught up, the leader last.</summary>
    public static async Task RollingRestartAsync(Scene scene)
    {
        foreach (var node in scene.Followers.Append(scene.Leader))
        {
            await scene.Cluster.StopAsync(node);
            await scene.Cluster.StartAsync(node);
            await new Settling(scene.Cluster).WaitAsync(CatchUp, scene.Cancellation);
        }
    }

    /// <summary>The lighthouse is gone, and a follower that is killed meanwhile must come back without it.</summary>
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

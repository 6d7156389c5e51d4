namespace Raft.Faults.Faults;

/// <summary>Faults of a process's resources.</summary>
internal static class ResourceFaults
{
    private const double QuotaSeconds = 5;
    private const double SlowSeconds = 5;

    /// <summary>The leader gets a fifth of one processor.</summary>
    public static async Task CpuQuotaAsync(Scene scene)
    {
        await using var quota = CpuQuota.Set(scene.Cluster.ProcessOf(scene.Leader));
        await scene.HoldAsync(QuotaSeconds);
    }

    /// <summary>Each sync of the leader's disk takes 100 ms longer.</summary>
    public static async Task SlowDiskAsync(Scene scene)
    {
        await using var disk = SlowDisk.Attach(scene.Cluster.ProcessOf(scene.Leader));
        await scene.HoldAsync(SlowSeconds);
    }
}

namespace Raft.Faults.Faults;

/// <summary>All faults, in the order of the table.</summary>
internal static class FaultList
{
    /// <summary>The faults.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("sigkill-follower", 0, ProcessFaults.KillFollowerAsync),
        new("sigkill-leader", 1, ProcessFaults.KillLeaderAsync),
        new("sigkill-all", 1, ProcessFaults.KillAllAsync),
        new("pause-leader", 1, ProcessFaults.PauseLeaderAsync),
        new("paused-start", 0, ProcessFaults.PausedStartAsync),
        new("partition-leader", 1, NetworkFaults.PartitionLeaderAsync),
        new("deaf-leader", 1, NetworkFaults.DeafLeaderAsync),
        new("mute-leader", 1, NetworkFaults.MuteLeaderAsync),
        new("bridge", 0, NetworkFaults.BridgeAsync),
        new("flapping-follower", 0, NetworkFaults.FlappingFollowerAsync),
        new("flapping-leader", 3, NetworkFaults.FlappingLeaderAsync),
        new("packet-loss", 0, NetworkFaults.LossAsync),
        new("connection-reset", 0, NetworkFaults.ResetAsync),
        new("cpu-quota", 0, ResourceFaults.CpuQuotaAsync),
        new("slow-disk", 0, ResourceFaults.SlowDiskAsync) { WhyNot = () => SlowDisk.IsPossible ? null : "no strace" },
        new("lighthouse-gone", 0, ProcessFaults.LighthouseGoneAsync),
        new("rolling-restart", 1, ProcessFaults.RollingRestartAsync),
        new("long-partition", 1, NetworkFaults.LongPartitionAsync) { IsLong = true, ServesWithin = TimeSpan.FromSeconds(2) },
    ];

    /// <summary>Returns the faults that a command line selects.</summary>
    /// <param name="names">The names, separated by commas; null for all.</param>
    /// <param name="withLong">Whether "all" includes those that take long.</param>
    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public static IReadOnlyList<Fault> Choose(string? names, bool withLong)
    {
        if (names is null) return [.. All.Where(fault => withLong || !fault.IsLong)];
        var chosen = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return chosen.Except(All.Select(fault => fault.Name)).FirstOrDefault() is { } unknown
            ? throw new ArgumentException(
                $"There is no fault '{unknown}'; there are {string.Join(", ", All.Select(fault => fault.Name))}.")
            : [.. All.Where(fault => chosen.Contains(fault.Name))];
    }
}

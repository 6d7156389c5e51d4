using System.Globalization;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>
/// Limits a running process to a fifth of one processor until it is disposed: with a control group if possible, otherwise by
/// stopping the process for 80 of every 100 ms.
/// </summary>
internal sealed class CpuQuota : IAsyncDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const int PeriodUs = 100_000;
    private const int QuotaUs = 20_000;

    private readonly Func<Task> _end;

    private CpuQuota(Func<Task> end) => _end = end;

    /// <summary>Starts the limit.</summary>
    /// <param name="process">The process ID.</param>
    public static CpuQuota Set(int process)
    {
        if (File.Exists($"{Root}/cgroup.controllers") && TryWrite($"{Root}/cgroup.subtree_control", "+cpu"))
            return OfGroup(Root, process, ("cpu.max", $"{QuotaUs} {PeriodUs}"));
        if (Directory.Exists($"{Root}/cpu"))
            return OfGroup($"{Root}/cpu", process, ("cpu.cfs_period_us", $"{PeriodUs}"), ("cpu.cfs_quota_us", $"{QuotaUs}"));
        return OfSignals(process);
    }

    /// <summary>Ends the limit.</summary>
    public async ValueTask DisposeAsync() => await _end();

    private static CpuQuota OfGroup(string root, int process, params (string File, string Value)[] limits)
    {
        var group = Directory.CreateDirectory(
            Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"raft-faults-{process}"))).FullName;
        foreach (var (file, value) in limits) File.WriteAllText(Path.Combine(group, file), value);
        File.WriteAllText(Path.Combine(group, "cgroup.procs"), $"{process}");
        return new CpuQuota(() =>
        {
            File.WriteAllText(Path.Combine(root, "cgroup.procs"), $"{process}");
            Directory.Delete(group);
            return Task.CompletedTask;
        });
    }

    private static CpuQuota OfSignals(int process)
    {
        var end = new CancellationTokenSource();
        var cycle = CycleAsync(process, end.Token);
        return new CpuQuota(async () =>
        {
            await end.CancelAsync();
            await cycle;
            end.Dispose();
        });
    }

    private static async Task CycleAsync(int process, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Shell.SignalAsync(process, "STOP");
            await Task.Delay(TimeSpan.FromMicroseconds(PeriodUs - QuotaUs), CancellationToken.None);
            await Shell.SignalAsync(process, "CONT");
            await Task.Delay(TimeSpan.FromMicroseconds(QuotaUs), CancellationToken.None);
        }
    }

    private static bool TryWrite(string file, string value)
    {
        try
        {
            File.WriteAllText(file, value);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

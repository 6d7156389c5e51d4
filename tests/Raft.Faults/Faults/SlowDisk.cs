using System.Diagnostics;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>Makes a running process wait at each sync of a file, by strace, until it is disposed of.</summary>
internal sealed class SlowDisk : IAsyncDisposable
{
    private const string Delay = "inject=fsync,fdatasync:delay_enter=100000";

    private readonly Process _strace;

    private SlowDisk(Process strace) => _strace = strace;

    /// <summary>Whether strace is there.</summary>
    public static bool IsPossible =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Begins.</summary>
    /// <param name="process">Number of the process.</param>
    public static SlowDisk Attach(int process) => new(Process.Start(
        "strace", ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", Delay, "-p", $"{process}"]));

    /// <summary>Ends it; the process goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_strace.HasExited) throw new InvalidOperationException("strace could not attach to the node.");
        await Shell.SignalAsync(_strace.Id, "INT");
        await _strace.WaitForExitAsync();
        _strace.Dispose();
    }
}

using System.Diagnostics;
using Raft.Faults.Network;

namespace Raft.Faults.Faults;

/// <summary>Delays each sync of a file in a running process, with strace, until it is disposed.</summary>
internal sealed class SlowDisk : IAsyncDisposable
{
    private const string Delay = "inject=fsync,fdatasync:delay_enter=100000";

    private readonly Process _strace;

    private SlowDisk(Process strace) => _strace = strace;

    /// <summary>Whether strace is installed.</summary>
    public static bool IsPossible =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Starts the delay.</summary>
    /// <param name="process">The process ID.</param>
    public static SlowDisk Attach(int process) => new(Process.Start(
        "strace", ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", Delay, "-p", $"{process}"]));

    /// <summary>Ends the delay; the process continues.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_strace.HasExited) throw new InvalidOperationException("strace could not attach to the node.");
        await Shell.SignalAsync(_strace.Id, "INT");
        await _strace.WaitForExitAsync();
        _strace.Dispose();
    }
}

using System.Diagnostics;

namespace Raft.Host.Hooks;

/// <summary>
/// Kills a script, and everything that it started in its process group, when this process ends, even by SIGKILL. A shell between
/// the two reads a pipe that only this process can write to. Nothing is ever written, so the read ends with this process.
/// </summary>
internal static class HookGuard
{
    private const string Shell = "/bin/sh";

    /// <summary>
    /// The shell code. The script is the first argument. Without setsid, as on macOS, only the script itself is killed.
    /// </summary>
    private const string Guard = """
        exec 3<&0 </dev/null
        if command -v setsid >/dev/null; then setsid "$1" 3<&- & else "$1" 3<&- & fi
        hook=$!
        { read -r _ <&3; kill -KILL "-$hook" || kill -KILL "$hook"; } >/dev/null 2>&1 &
        guard=$!
        exec 3<&-
        wait "$hook"
        code=$?
        kill "$guard"
        exit "$code"
        """;

    /// <summary>Whether scripts run behind a guard. Windows has no shell for it.</summary>
    public static bool IsUsed => File.Exists(Shell);

    /// <summary>Returns how to start a script. Standard input must be redirected and stay open while the script runs.</summary>
    public static ProcessStartInfo StartInfo(string script) =>
        IsUsed ? new ProcessStartInfo(Shell, ["-c", Guard, Shell, script]) : new ProcessStartInfo(script);
}

using Raft.Host.Tests.Processes;

namespace Raft.Host.Tests.Hooks;

/// <summary>Scripts of a test.</summary>
internal static class HookScript
{
    /// <summary>Writes a script that can be run.</summary>
    public static string Write(TempFolder folder, string name, string body)
    {
        var path = folder.File(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Completes when a process has ended.</summary>
    /// <param name="process">The process id.</param>
    public static async Task WaitForEndAsync(string process)
    {
        while (!HasEnded(process)) await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>A killed process may remain as a zombie, without a command line.</summary>
    public static bool HasEnded(string process)
    {
        var file = $"/proc/{process}/cmdline";
        return !File.Exists(file) || File.ReadAllText(file).Length == 0;
    }
}

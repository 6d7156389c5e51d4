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
}

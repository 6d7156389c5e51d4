using Akka.Configuration;
using Raft.Actors.Protocol;
using Raft.Programs.Configuration;

namespace Raft.Host.Hooks;

/// <summary>The scripts to run when a node takes a role.</summary>
internal sealed record RoleHookOptions
{
    /// <summary>The variable that names the script for leaders.</summary>
    public const string OnLeaderVariable = "RAFT_ON_LEADER";

    /// <summary>The variable that names the script for followers.</summary>
    public const string OnFollowerVariable = "RAFT_ON_FOLLOWER";

    private const string TimeoutVariable = "RAFT_HOOK_TIMEOUT";
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    /// <summary>The script to run when the node becomes leader; null for none.</summary>
    public string? OnLeader { get; init; }

    /// <summary>The script to run when the node becomes follower; null for none.</summary>
    public string? OnFollower { get; init; }

    /// <summary>The maximum duration of a run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is a script to run.</summary>
    public bool IsEmpty => OnLeader is null && OnFollower is null;

    /// <summary>Returns the script for a role; null for none.</summary>
    public string? ScriptOf(RaftRole role) => role == RaftRole.Leader ? OnLeader : OnFollower;

    /// <exception cref="BadVariableException">A value is invalid. The message names the variable.</exception>
    public static RoleHookOptions Read(Variables variables)
    {
        var options = new RoleHookOptions
        {
            OnLeader = variables.Parse(OnLeaderVariable, Script),
            OnFollower = variables.Parse(OnFollowerVariable, Script),
        };
        return variables.Parse(TimeoutVariable, text => (TimeSpan?)Duration(text)) is { } timeout
            ? options with { Timeout = timeout }
            : options;
    }

    private static string Script(string text)
    {
        var path = Path.GetFullPath(text);
        if (!File.Exists(path))
            throw new FormatException($"{path} is not a file. Name a script or a program, without arguments.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Executable) == 0)
            throw new FormatException($"{path} is not executable. Run chmod +x {path}");
        return path;
    }

    private static TimeSpan Duration(string text)
    {
        try
        {
            var isPlain = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ' ');
            var hocon = isPlain ? $"t = \"{text}\"" : "t = 0";
            var time = ConfigurationFactory.ParseString(hocon).GetTimeSpan("t", allowInfinite: false);
            if (time > TimeSpan.Zero && time <= MaxTimeout) return time;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ConfigurationException)
        {
            // The exception below reports it.
        }

        throw new FormatException($"'{text}' is not a duration between 0 and one hour. Use a value such as 30s or 500ms.");
    }
}

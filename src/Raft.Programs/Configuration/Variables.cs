using System.Text.RegularExpressions;

namespace Raft.Programs.Configuration;

/// <summary>Reads the <c>RAFT_*</c> variables of a process, among them those that all programs share.</summary>
/// <param name="read">Returns the value of a variable; null if it is not set.</param>
internal sealed partial class Variables(Func<string, string?> read)
{
    /// <summary>Returns the value of a variable; null if it is not set or empty.</summary>
    public string? this[string variable] => read(variable) is { Length: > 0 } value ? value : null;

    /// <summary>Reads <c>RAFT_CLUSTER</c>: the name of the ActorSystem, the same in all processes of a cluster.</summary>
    /// <exception cref="BadVariableException">It is not a valid name of an ActorSystem.</exception>
    public string Cluster() => this["RAFT_CLUSTER"] is not { } name ? "raft"
        : SystemName().IsMatch(name) ? name
        : throw new BadVariableException($"RAFT_CLUSTER is '{name}'. Use 1 to 64 letters, digits, dashes and underscores.");

    /// <summary>
    /// The variable for the format of the log. It applies to the whole process, with or without an ActorSystem.
    /// </summary>
    public const string LogFormat = "RAFT_LOG_FORMAT";

    /// <summary>Reads <c>RAFT_LOG_LEVEL</c> as HOCON; empty if it is not set.</summary>
    /// <exception cref="BadVariableException">The level, or the format in <see cref="LogFormat"/>, does not exist.</exception>
    public string LogLevel() => this[LogFormat] is { } format && format != "text" && !IsJson(format)
        ? throw new BadVariableException($"{LogFormat} is '{format}'; it must be text or json.")
        : this["RAFT_LOG_LEVEL"] is not { } level ? "" : level.ToLowerInvariant() switch
        {
            "debug" or "info" or "warning" or "error" => $"akka.loglevel = {level.ToUpperInvariant()}\n",
            _ => throw new BadVariableException($"RAFT_LOG_LEVEL is '{level}'; it must be debug, info, warning or error."),
        };

    /// <summary>Whether the format of the log is JSON instead of text.</summary>
    public static bool IsJson(string? format) => string.Equals(format, "json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses the value of a variable; the default of its type if it is not set.</summary>
    /// <exception cref="BadVariableException">The value does not parse.</exception>
    public T? Parse<T>(string variable, Func<string, T> parse)
    {
        if (this[variable] is not { } text) return default;
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new BadVariableException($"{variable}: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex SystemName();
}

using System.Text.RegularExpressions;

namespace Raft.Programs.Configuration;

/// <summary>The <c>RAFT_*</c> variables of a process, and those that every program has.</summary>
/// <param name="read">Gives a variable's value; null where it is not set.</param>
internal sealed partial class Variables(Func<string, string?> read)
{
    /// <summary>The value of a variable; null where it is not set or empty.</summary>
    public string? this[string variable] => read(variable) is { Length: > 0 } value ? value : null;

    /// <summary><c>RAFT_CLUSTER</c>: the name of the ActorSystem, the same in all processes of a cluster.</summary>
    /// <exception cref="BadVariableException">It can't be the name of an ActorSystem.</exception>
    public string Cluster() => this["RAFT_CLUSTER"] is not { } name ? "raft"
        : SystemName().IsMatch(name) ? name
        : throw new BadVariableException($"RAFT_CLUSTER is '{name}'; use 1 to 64 letters, digits, dashes and underscores.");

    /// <summary>The variable that names the log's format. It is for the whole process, with or without an ActorSystem.</summary>
    public const string LogFormat = "RAFT_LOG_FORMAT";

    /// <summary><c>RAFT_LOG_LEVEL</c> as HOCON; empty where it is not set.</summary>
    /// <exception cref="BadVariableException">There is no such level, or <see cref="LogFormat"/> names no format.</exception>
    public string LogLevel() => this[LogFormat] is { } format && format != "text" && !IsJson(format)
        ? throw new BadVariableException($"{LogFormat} is '{format}'; it must be text or json.")
        : this["RAFT_LOG_LEVEL"] is not { } level ? "" : level.ToLowerInvariant() switch
        {
            "debug" or "info" or "warning" or "error" => $"akka.loglevel = {level.ToUpperInvariant()}\n",
            _ => throw new BadVariableException($"RAFT_LOG_LEVEL is '{level}'; it must be debug, info, warning or error."),
        };

    /// <summary>Whether the log's format is JSON, and not text.</summary>
    public static bool IsJson(string? format) => string.Equals(format, "json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a variable, read by a parser; the default of its type where it is not set.</summary>
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

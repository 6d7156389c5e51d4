using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Raft.Programs.Logging;

/// <summary>
/// The log of the process, with and without an ActorSystem: one line a message on standard output, and whatever providers are
/// added. Raft's own messages are logged from the level on that <c>RAFT_LOG_LEVEL</c> names; others only from warnings on, and
/// those of Akka.Remote only where they are errors: it warns of a peer that is down several times a second.
/// </summary>
internal static class ProgramLog
{
    /// <summary>The category of Akka.Remote.</summary>
    public const string Transport = "Akka.Remote";

    /// <summary>The category of what the program itself says.</summary>
    private const string Own = "Raft";

    private static readonly Lazy<ILoggerFactory> Made = new(Make);

    /// <summary>Makes loggers; a provider that is added to it gets all that is written.</summary>
    public static ILoggerFactory Factory => Made.Value;

    /// <summary>Writes a warning of the program.</summary>
    public static void Warn(string text) =>
        Factory.CreateLogger(Own).Log(LogLevel.Warning, default, text, null, static (state, _) => state);

    /// <summary>Writes what is left, at the end of the process.</summary>
    public static void Close()
    {
        if (Made.IsValueCreated) Made.Value.Dispose();
    }

    private static ILoggerFactory Make() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter(Own, LogLevel.Debug)
        .AddFilter(Transport, LogLevel.Error)

        // A server that can't start throws; the caller says so in one line. A health endpoint tells the caller why it fails.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        .AddConsole(console => console.FormatterName = LineFormatter.FormatterName)
        .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>());
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Raft.Programs.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Raft.Host.Http;

/// <summary>Formats ASP.NET Core's log lines like the program's own.</summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which the formatter is registered.</summary>
    public const string FormatterName = "raft";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var line = new LogLine(DateTimeOffset.Now, LevelOf(logEntry.LogLevel), logEntry.Category, message);
        textWriter.WriteLine(ConsoleLogger.Format(line with { Cause = logEntry.Exception }));
    }

    private static Akka.Event.LogLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => Akka.Event.LogLevel.DebugLevel,
        LogLevel.Information => Akka.Event.LogLevel.InfoLevel,
        LogLevel.Warning => Akka.Event.LogLevel.WarningLevel,
        _ => Akka.Event.LogLevel.ErrorLevel,
    };
}

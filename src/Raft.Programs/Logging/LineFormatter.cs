using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Raft.Programs.Configuration;

namespace Raft.Programs.Logging;

/// <summary>Writes a message as one line, in the form that <c>RAFT_LOG_FORMAT</c> names.</summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>Under which name it is registered.</summary>
    public const string FormatterName = "raft";

    private static readonly bool IsJson = Variables.IsJson(Environment.GetEnvironmentVariable(Variables.LogFormat));

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = LineOf(logEntry);
        textWriter.WriteLine(IsJson ? line.ToJson() : line.ToText());
    }

    private static LogLine LineOf<TState>(in LogEntry<TState> entry)
    {
        var time = (entry.State as AkkaLogState)?.Time ?? DateTimeOffset.Now;
        var values = entry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        return new LogLine(time, entry.LogLevel, entry.Category, entry.Formatter(entry.State, entry.Exception))
        {
            Template = values.FirstOrDefault(v => v.Key == AkkaLogState.Template).Value as string,
            Properties = [.. values.Where(v => v.Key != AkkaLogState.Template)],
            Cause = entry.Exception,
        };
    }
}

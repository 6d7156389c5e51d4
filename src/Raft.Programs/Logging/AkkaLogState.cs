using System.Collections;
using Akka.Event;

namespace Raft.Programs.Logging;

/// <summary>A message of Akka as Microsoft.Extensions.Logging has messages: values by name, template, and text.</summary>
internal sealed class AkkaLogState : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>Under which name loggers look for the template.</summary>
    public const string Template = "{OriginalFormat}";

    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _text;

    private AkkaLogState(LogEvent log, IEnumerable<KeyValuePair<string, object?>> values)
    {
        Time = new DateTimeOffset(DateTime.SpecifyKind(log.Timestamp, DateTimeKind.Utc));
        _text = log.Message?.ToString() ?? "";
        _values = [.. values];
    }

    /// <summary>When it was logged, which may be a while before the logger gets it.</summary>
    public DateTimeOffset Time { get; }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>The state of an event; a message without a template has no values.</summary>
    public static AkkaLogState Of(LogEvent log)
    {
        if (log.Message is not LogMessage) return new AkkaLogState(log, []);
        var values = log.TryGetProperties(out var properties) && properties is not null
            ? properties.Select(p => new KeyValuePair<string, object?>(p.Key, p.Value))
            : [];
        return new AkkaLogState(log, values.Append(new(Template, log.GetTemplate())));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The message with its values.</summary>
    public override string ToString() => _text;
}

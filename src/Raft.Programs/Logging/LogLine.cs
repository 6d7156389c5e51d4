using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Raft.Programs.Logging;

/// <summary>A line of the log, as text for people or as JSON for programs.</summary>
/// <param name="Time">The time of the event.</param>
/// <param name="Level">The level.</param>
/// <param name="Source">The class that logs the event.</param>
/// <param name="Message">The message.</param>
internal sealed record LogLine(DateTimeOffset Time, LogLevel Level, string Source, string Message)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The template of the message; null if it has none.</summary>
    public string? Template { get; init; }

    /// <summary>The values for the template.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Properties { get; init; } = [];

    /// <summary>The exception that caused the event; null if there is none.</summary>
    public Exception? Cause { get; init; }

    /// <summary>
    /// Formats the line as text, such as <c>12:30:15.583 inf n2 term 1: follower → candidate (no leader was heard)</c>.
    /// </summary>
    public string ToText()
    {
        var time = Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var source = Source.Length == 0 || IsOurs(Source) ? "" : $"{Source[(Source.LastIndexOf('.') + 1)..]}: ";
        var cause = Cause is null ? "" : $" [{Cause.GetType().Name}: {Cause.Message.ReplaceLineEndings(" ")}]";
        return $"{time} {Abbreviation()} {source}{Message.ReplaceLineEndings(" ")}{cause}";
    }

    /// <summary>
    /// Formats the line as a JSON object with <c>timestamp</c>, <c>level</c>, <c>source</c>, <c>message</c> and optional fields.
    /// </summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", Name());
            json.WriteString("source", Source);
            json.WriteString("message", Message);
            if (Template is not null) json.WriteString("template", Template);
            if (Properties.Count > 0) WriteProperties(json);
            if (Cause is not null) json.WriteString("exception", Cause.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool IsOurs(string source) => source.Split('.')[0] == "Raft";

    private void WriteProperties(Utf8JsonWriter json)
    {
        json.WriteStartObject("properties");
        foreach (var (name, value) in Properties)
        {
            switch (value)
            {
                case int or long: json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
                case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
                case bool flag: json.WriteBoolean(name, flag); break;
                default: json.WriteString(name, value?.ToString()); break;
            }
        }

        json.WriteEndObject();
    }

    private string Name() => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private string Abbreviation() => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => "dbg",
        LogLevel.Information => "inf",
        LogLevel.Warning => "wrn",
        _ => "err",
    };
}

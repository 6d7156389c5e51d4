using System.Globalization;

namespace Raft.Actors.Configuration;

/// <summary>Writes values as HOCON.</summary>
internal static class HoconText
{
    /// <summary>An object of the keys that have a value.</summary>
    public static string Object(IEnumerable<(string Key, object? Value)> keys) =>
        $"{{\n{string.Concat(keys.Where(k => k.Value is not null).Select(k => $"{k.Key} = {Value(k.Value!)}\n"))}}}";

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Value(object value) => value switch
    {
        bool flag => flag ? "on" : "off",
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms"),
        string[] texts => $"[{string.Join(", ", texts.Select(Quoted))}]",
        IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Raft.Host.Tests.Commands;

/// <summary>The output of a command, with variable parts replaced.</summary>
internal static partial class Normalised
{
    /// <summary>Normalises a text: addresses, ids, times and numbers become words, and several blanks become one.</summary>
    public static string Text(string output)
    {
        var text = output.Replace("\r", "", StringComparison.Ordinal);
        text = Address().Replace(text, "ADDRESS");
        text = Id().Replace(text, "ID");
        text = Versions().Replace(text, "VERSIONS.");
        text = Time().Replace(text, "TIME");
        text = Number().Replace(text, "N");
        return Blanks().Replace(text, " ").TrimEnd();
    }

    /// <summary>Normalises JSON: the names and types of its properties, and the first item of each list.</summary>
    public static string Json(string output) => Shape(JsonSerializer.Deserialize<JsonElement>(output));

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}: {Shape(p.Value)}"))}}}",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "[]" : $"[{Shape(value[0])}]",
        JsonValueKind.True or JsonValueKind.False => "bool",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"(akka\.tcp://raft@)?127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[0-9a-f]{16}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"Raft\.Akka [^\n]*\.")]
    private static partial Regex Versions();

    [GeneratedRegex(@"\b[0-9.]+ (µs|ms|s)\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![a-zA-Z$0-9-])[0-9]+\b")]
    private static partial Regex Number();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}

using System.Text.RegularExpressions;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Configuration.Derived;

/// <summary>The table of keys in docs/configure.md, written from <c>reference.conf</c>.</summary>
internal static class KeyTable
{
    private const string Head =
        "| key | variable | default | unit | constraint | meaning |\n| --- | --- | --- | --- | --- | --- |\n";

    private static readonly IEnumerable<string> KeysWithDashes =
        ReferenceKey.All.Select(key => key.Name.Split('.')[^1]).Where(name => name.Contains('-', StringComparison.Ordinal));

    /// <summary>A key in the middle of a sentence, whole or without its section; one without a dash could be a word.</summary>
    private static readonly Regex KeyInText = new(
        $@"(?<![\w.-])(?:akka\.[\w.*-]+\w|(?:raft\.|client\.)*(?:{string.Join('|', KeysWithDashes)}))(?![\w-])");

    /// <summary>The page with the table in it as it is to be.</summary>
    public static string In(string page)
    {
        var start = page.IndexOf(Head, StringComparison.Ordinal);
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        return $"{page[..start]}{Head}{string.Join('\n', ReferenceKey.All.Select(Row))}{page[end..]}";
    }

    private static string Row(ReferenceKey key) =>
        $"| `{key.Name}` | `{VariableOf(key.Name)}` | {Code(key.Default)} | {UnitOf(key.Name)} | "
        + $"{Cell(key.Constraint)} | {Cell(key.Meaning)} |";

    private static string VariableOf(string key) => key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    private static string UnitOf(string key) => Setting.All.First(s => s.Key == key).Declaration switch
    {
        DurationAttribute => "duration",
        CountAttribute => "count",
        BytesAttribute => "bytes",
        FractionAttribute => "fraction",
        FlagAttribute => "on or off",
        MembersAttribute => "list",
        GroupNameAttribute or NodeNameAttribute or ClusterNameAttribute or ChoiceAttribute<LeadershipPreference> => "name",
        var unknown => throw new NotSupportedException($"{key} is a {unknown.GetType().Name}: say here what its unit is."),
    };

    private static string Code(string text) => text.Length == 0 ? "–" : $"`{text}`";

    private static string Cell(string text) => text.Length == 0 ? "–" : KeyInText.Replace(text, "`$0`");

}

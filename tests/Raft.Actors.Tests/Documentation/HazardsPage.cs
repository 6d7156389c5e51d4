using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Actors.Tests.Architecture;

namespace Raft.Actors.Tests.Documentation;

/// <summary>docs/hazards.md, read: which hazards there are and what holds each of them off.</summary>
internal static partial class HazardsPage
{
    public static readonly IReadOnlyDictionary<string, Hazard> Hazards = Heading()
        .Split(File.ReadAllText(Repository.PathOf("docs/hazards.md")))[1..]
        .Chunk(2)
        .ToDictionary(part => part[0], part => Read(part[1].Split("\n## ")[0]));

    /// <summary>The hazards that a text cites, as <c>hazard 1</c>, <c>hazards 3 and P4</c> or <c>hazards 9 to 11</c>.</summary>
    public static IEnumerable<string> CitedBy(string text) => Citation().Matches(text)
        .Select(citation => citation.Groups[1].Value)
        .SelectMany(list => Number().Matches(list).Select(n => n.Value).Concat(
            Span().Matches(list).SelectMany(s => Between(NumberIn(s.Groups[1]), NumberIn(s.Groups[2])))))
        .Distinct();

    private static IEnumerable<string> Between(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private static int NumberIn(Group text) => int.Parse(text.Value, CultureInfo.InvariantCulture);

    private static Hazard Read(string section) => new(
        [.. TestName().Matches(section).Select(m => m.Groups[1].Value)],
        ListOf("Checks", section),
        ListOf("Mutants", section),
        section.Contains("\n- Not covered: ", StringComparison.Ordinal));

    private static string[] ListOf(string kind, string section) =>
        Regex.Match(section, $@"^- {kind}: (.*(?:\n  .*)*)", RegexOptions.Multiline) is { Success: true } list
            ? [.. list.Groups[1].Value.Split(',').Select(item => item.Trim())]
            : [];

    [GeneratedRegex(@"^### Hazard (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\bhazards?\s+([PRST]?\d+(?:(?:,|\s+and|\s+to)\s+[PRST]?\d+)*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Citation();

    [GeneratedRegex(@"[PRST]?\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"(\d+)\s+to\s+(\d+)")]
    private static partial Regex Span();

    internal sealed record Hazard(string[] Tests, string[] Checks, string[] Mutants, bool IsNotCovered);
}

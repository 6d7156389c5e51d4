using System.Text.RegularExpressions;
using Raft.Actors.Tests.Architecture;

namespace Raft.Actors.Tests.Configuration.Derived;

/// <summary>A key of <c>reference.conf</c> as it is written there; a parsed configuration has no comments.</summary>
/// <param name="Name">The whole key.</param>
/// <param name="Default">Its value as it is written, without quotes; empty for an empty text or list.</param>
/// <param name="Comment">The lines above it, as one.</param>
internal sealed partial record ReferenceKey(string Name, string Default, string Comment)
{
    private const string Constraints = "Constraint: ";

    /// <summary>All keys of the section <c>raft</c>, in their order.</summary>
    public static IReadOnlyList<ReferenceKey> All { get; } =
        [.. Read(File.ReadAllLines(Repository.PathOf("src/Raft.Actors/Configuration/reference.conf")))];

    /// <summary>The first sentence of the comment.</summary>
    public string Meaning => Comment.StartsWith(Constraints, StringComparison.Ordinal) ? "" : FirstSentence(Comment);

    /// <summary>The sentence that says which values are allowed; empty where there is none.</summary>
    public string Constraint => Comment.Split(Constraints) is [_, var constraint] ? FirstSentence(constraint) : "";

    private static IEnumerable<ReferenceKey> Read(IEnumerable<string> lines)
    {
        var sections = new List<string>();
        var comment = new List<string>();
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comment.Add(line.TrimStart('#', ' '));
                continue;
            }

            if (line.EndsWith('{')) sections.Add(line.TrimEnd('{', ' '));
            if (line == "}") sections.RemoveAt(sections.Count - 1);
            if (sections is ["raft", ..] && Assignment().Match(line) is { Success: true } match)
                yield return new ReferenceKey(
                    $"{string.Join('.', sections)}.{match.Groups["key"].Value}",
                    match.Groups["value"].Value.Trim('"', '[', ']'),
                    string.Join(' ', comment));
            comment.Clear();
        }
    }

    private static string FirstSentence(string text) => EndOfSentence().Split(text)[0].TrimEnd('.');

    [GeneratedRegex("^(?<key>[a-z-]+) = (?<value>.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<=\.)\s+(?=[A-Z])")]
    private static partial Regex EndOfSentence();
}

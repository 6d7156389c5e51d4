using System.Text.RegularExpressions;

namespace Raft.Actors.Tests.Architecture;

/// <summary>What a C# file refers to, read from its text: enough for rules about folders, without a compiler.</summary>
internal static partial class SourceCode
{
    /// <summary>The text without comments; strings stay, since a string can hold code between braces.</summary>
    public static string WithoutComments(string text) =>
        CommentOrString().Replace(text, m => m.Value[0] == '/' ? " " : m.Value);

    /// <summary>The namespace that a file declares.</summary>
    public static string NamespaceOf(string text) => Namespace().Match(WithoutComments(text)).Groups[1].Value;

    /// <summary>Names of the types that a file declares.</summary>
    public static IEnumerable<string> TypesOf(string text) =>
        Declaration().Matches(WithoutComments(text)).Select(m => m.Groups[1].Value);

    /// <summary>
    /// Folders of a project that a file refers to: by a using line, by a full name, by a name that begins with the
    /// folder, which C# finds in the parent namespace, or by the bare name of a type beside the folders.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="root">The project's root namespace.</param>
    /// <param name="members">Folder → its types and folders; tells <c>Log.RaftLog</c> from a logger's <c>Log.Info</c>.</param>
    public static IEnumerable<string> FoldersUsedBy(
        string text, string root, IReadOnlyDictionary<string, IReadOnlySet<string>> members)
    {
        var code = WithoutComments(text);
        var full = Regex.Matches(code, $@"\b{Regex.Escape(root)}\.([A-Z]\w*)").Select(m => m.Groups[1].Value)
            .Select(name => BesideFolders(members).Contains(name) ? Arrows.Root : name);
        var relative = QualifiedName().Matches(code)
            .Where(m => members.TryGetValue(m.Groups[1].Value, out var names) && names.Contains(m.Groups[2].Value))
            .Select(m => m.Groups[1].Value);
        var bare = BesideFolders(members).Where(type => Regex.IsMatch(code, $@"(?<![\w.]){type}\b")).Select(_ => Arrows.Root);
        return full.Concat(relative).Concat(bare).Distinct();
    }

    /// <summary>Whether the code names this namespace, as <c>Akka</c> in <c>using Akka.Actor;</c>.</summary>
    public static bool Names(string text, string topNamespace) =>
        Regex.IsMatch(WithoutComments(text), $@"(?<![\w.]){Regex.Escape(topNamespace)}\s*[.;:]");

    private static IReadOnlySet<string> BesideFolders(IReadOnlyDictionary<string, IReadOnlySet<string>> members) =>
        members.GetValueOrDefault(Arrows.Root) ?? new HashSet<string>();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"\bnamespace\s+([\w.]+)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex QualifiedName();
}

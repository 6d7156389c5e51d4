using System.Text.RegularExpressions;

namespace Raft.Simulation.Traces;

/// <summary>
/// Joins the modules of a script into one. A page that is opened from a disk can't import files: browsers refuse that. So each
/// module's text goes after those of the modules that it imports, without the import lines and without the word <c>export</c>.
/// All modules then share one scope, where no two may declare the same name.
/// </summary>
internal static partial class JoinedModules
{
    /// <summary>The script of a module and all that it imports, directly or not.</summary>
    /// <param name="entry">The module's file name.</param>
    /// <param name="read">The text of a module, by its file name.</param>
    /// <exception cref="InvalidOperationException">
    /// Modules import one another in a circle, or a line imports or exports in another way than
    /// <c>import { a, b } from "./file.js";</c> and <c>export</c> before a declaration.
    /// </exception>
    public static string Of(string entry, Func<string, string> read)
    {
        var joined = new List<string>();
        Add(entry, read, joined, importers: [], done: []);
        return string.Join('\n', joined);
    }

    private static void Add(
        string module, Func<string, string> read, List<string> joined, IReadOnlyList<string> importers, HashSet<string> done)
    {
        if (importers.Contains(module))
            throw new InvalidOperationException($"modules import one another: {string.Join(", ", importers)}, {module}");
        if (!done.Add(module)) return;
        var text = read(module);
        foreach (Match import in Import().Matches(text))
            Add(import.Groups["module"].Value, read, joined, [.. importers, module], done);
        var script = Export().Replace(Import().Replace(text, ""), "");
        if (OtherForm().Match(script) is { Success: true } other)
            throw new InvalidOperationException($"{module} can't be joined: {other.Value}");
        joined.Add(script);
    }

    [GeneratedRegex("""^import \{\s*\w+(,\s*\w+)*,?\s*\} from "\./(?<module>[\w-]+\.js)";\n""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?=(async )?(function|class|const|let)\b)", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"^(import|export)\b.*|\bimport\(.*", RegexOptions.Multiline)]
    private static partial Regex OtherForm();
}

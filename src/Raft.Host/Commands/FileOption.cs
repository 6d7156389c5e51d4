using System.CommandLine;
using System.CommandLine.Completions;

namespace Raft.Host.Commands;

/// <summary>An option that takes the path of a file.</summary>
internal static class FileOption
{
    /// <summary>Creates the option, with completion of file names.</summary>
    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "PATH" };
        option.CompletionSources.Add(Complete);
        return option;
    }

    /// <summary>Returns the files and folders whose names start with the typed text; none if the folder does not exist.</summary>
    private static IEnumerable<CompletionItem> Complete(CompletionContext context)
    {
        var word = context.WordToComplete;
        var start = word.LastIndexOf('/') + 1;
        var folder = new DirectoryInfo(start == 0 ? "." : word[..start]);
        try
        {
            return [
                .. folder.EnumerateFileSystemInfos($"{word[start..]}*")
                    .Select(entry => new CompletionItem($"{word[..start]}{entry.Name}{(entry is DirectoryInfo ? "/" : "")}")),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

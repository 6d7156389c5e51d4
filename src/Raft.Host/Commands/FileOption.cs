using System.CommandLine;
using System.CommandLine.Completions;

namespace Raft.Host.Commands;

/// <summary>An option that names a file.</summary>
internal static class FileOption
{
    /// <summary>Makes the option; names of files are completed.</summary>
    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "PATH" };
        option.CompletionSources.Add(Complete);
        return option;
    }

    /// <summary>Files and folders that begin so; none where there is no such folder.</summary>
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

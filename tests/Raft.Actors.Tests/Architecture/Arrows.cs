namespace Raft.Actors.Tests.Architecture;

/// <summary>
/// Which folder of a project may use which. Each row of the table names only folders of rows above it, so the arrows
/// cannot form a circle. The row of <see cref="Root"/>, if there is one, is for the files beside the folders.
/// </summary>
internal sealed class Arrows
{
    /// <summary>Stands for the files beside the folders.</summary>
    public const string Root = "";

    private Arrows(string project, IReadOnlyList<(string Folder, string[] MayUse)> rows)
    {
        Project = project;
        Namespace = project.Split('/')[^1];
        Rows = rows;
    }

    /// <summary>The project's folder, as <c>src/Raft.Actors</c>.</summary>
    public string Project { get; }

    /// <summary>The project's root namespace, which is its folder's name.</summary>
    public string Namespace { get; }

    public IReadOnlyList<(string Folder, string[] MayUse)> Rows { get; }

    public static Arrows Of(string project, IReadOnlyList<(string Folder, string[] MayUse)> rows) => new(project, rows);

    /// <summary>The first folder of a path; <see cref="Root"/> for a file beside the folders.</summary>
    public static string FolderOf(string path) => path.Split('/') is [var folder, _, ..] ? folder : Root;

    /// <summary>One sentence for each arrow of the files that the table does not have.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<(string Path, string Text)> sources)
    {
        var files = sources.ToArray();
        var members = files.GroupBy(f => FolderOf(f.Path)).ToDictionary(g => g.Key, MembersOf);
        return
        [
            .. from file in files
               let folder = FolderOf(file.Path)
               from used in SourceCode.FoldersUsedBy(file.Text, Namespace, members)
               where used != folder && !MayUse(folder, used)
               select $"{Project}/{file.Path}: {NameOf(folder)} must not use {NameOf(used)}.",
        ];
    }

    private static string NameOf(string folder) => folder == Root ? "the root" : folder;

    private bool MayUse(string folder, string used) =>
        Rows.Any(row => row.Folder == folder && row.MayUse.Contains(used));

    private static IReadOnlySet<string> MembersOf(IEnumerable<(string Path, string Text)> folder) => folder
        .SelectMany(f => SourceCode.TypesOf(f.Text).Concat(f.Path.Split('/') is [_, .. var below, _] ? below : []))
        .ToHashSet();
}

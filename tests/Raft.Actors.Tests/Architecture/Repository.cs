namespace Raft.Actors.Tests.Architecture;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>C# files that somebody wrote, by their path below <paramref name="folder"/>.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(PathOf(folder), file).Replace('\\', '/'), file))
            .Where(file => !file.Item1.StartsWith("obj/", StringComparison.Ordinal)
                && !file.Item1.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Item1, StringComparer.Ordinal)
            .Select(file => (file.Item1, File.ReadAllText(file.file)));

    /// <summary>Files that somebody wrote, with one of these endings, below <paramref name="folder"/>.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Where(file => !file.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Raft.Akka.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Raft.Akka.sln.");
    }
}

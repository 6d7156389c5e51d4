namespace Raft.Host.Tests.Processes;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Raft.Akka.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

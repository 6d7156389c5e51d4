using System.Globalization;
using Raft.Actors.Protocol;
using Raft.Host.Storage;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// A folder that replicas share, such as the volume of a service: each replica takes a folder in it that no other process holds,
/// and its node id with it. So a replica is the same node as before, whatever its container is called.
/// </summary>
internal static class SharedDataFolder
{
    /// <summary>
    /// Takes a free folder <c>n1</c>, <c>n2</c>, …: if possible one of a member of a cluster, lowest number first. Skips folders
    /// that can't be used, with a warning. If no folder is free, creates the next one.
    /// </summary>
    /// <param name="root">The shared folder.</param>
    /// <param name="before">The node that this process ran before, which is preferred; null if it ran none.</param>
    /// <exception cref="StartupException">The shared folder can't be used. The message says why and what to do.</exception>
    public static DataFolder Claim(string root, NodeId? before)
    {
        var numbers = Numbers(Path.GetFullPath(root));
        var existing = numbers.Select(NameOf)
            .OrderBy(node => IsOfMember(root, node) ? 0 : 1)
            .ThenBy(node => node == before ? 0 : 1)
            .Select(node => OpenUsable(root, node, ProgramLog.Warn))
            .FirstOrDefault(folder => folder is not null);
        return existing ?? MakeNext(root, numbers.DefaultIfEmpty(0).Max() + 1);
    }

    /// <summary>Returns a member of a cluster whose folder is free and usable; null if there is none.</summary>
    /// <param name="root">The shared folder.</param>
    /// <param name="warn">Receives why a folder can't be used.</param>
    public static NodeId? FreeMember(string root, Action<string> warn)
    {
        foreach (var node in Numbers(Path.GetFullPath(root)).Select(NameOf).Where(node => IsOfMember(root, node)))
        {
            using var folder = OpenUsable(root, node, warn);
            if (folder is not null) return node;
        }

        return null;
    }

    /// <summary>
    /// A missing number is never created again: that node had votes and entries which a new one would not know.
    /// </summary>
    private static DataFolder MakeNext(string root, int number) =>
        Enumerable.Range(number, int.MaxValue - number)
            .Select(NameOf)
            .Select(node => DataFolder.OpenIfFree(Path.Combine(root, node.Value), node))
            .First(folder => folder is not null)!;

    private static DataFolder? OpenUsable(string root, NodeId node, Action<string> warn)
    {
        try
        {
            return DataFolder.OpenIfFree(Path.Combine(root, node.Value), node);
        }
        catch (StartupException e)
        {
            warn($"Skipping the folder of {node}. {e.Message}");
            return null;
        }
    }

    private static bool IsOfMember(string root, NodeId node)
    {
        try
        {
            return JournalMarks.IsOfMember(Path.Combine(root, node.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static NodeId NameOf(int number) => new($"n{number.ToString(CultureInfo.InvariantCulture)}");

    private static int[] Numbers(string root)
    {
        try
        {
            var names = Directory.CreateDirectory(root).EnumerateDirectories("n*").Select(d => d.Name);
            return [.. names.Select(Number).Where(n => n > 0).Order()];
        }
        catch (IOException e) when (DiskFull.IsCause(e, root))
        {
            throw new StartupException(DiskFull.Advice(root), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {root} can't be used: {e.Message}", e);
        }
    }

    private static int Number(string name) =>
        name is ['n', >= '1' and <= '9', ..]
        && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}

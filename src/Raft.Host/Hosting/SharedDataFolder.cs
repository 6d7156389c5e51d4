using System.Globalization;
using Raft.Actors.Protocol;
using Raft.Host.Storage;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>
/// A folder that replicas share, such as the volume of a service: each takes a folder in it that no other has, and its name
/// with it. So a replica is the node that it was before, whatever its container is called.
/// </summary>
internal static class SharedDataFolder
{
    /// <summary>
    /// Takes a folder <c>n1</c>, <c>n2</c>, … that is free: one of a member of a cluster where there is one, the lowest number
    /// first. A folder that can't be used is passed over, with a warning. Where none is left the next one is made.
    /// </summary>
    /// <param name="root">The shared folder.</param>
    /// <param name="before">The node that this process was before; null where it was none. It goes before others of its kind.</param>
    /// <exception cref="StartupException">The shared folder can't be used; the message says why and what to do.</exception>
    public static DataFolder Claim(string root, NodeId? before)
    {
        var numbers = Numbers(Path.GetFullPath(root));
        var existing = numbers.Select(NameOf)
            .OrderBy(node => IsOfMember(root, node) ? 0 : 1)
            .ThenBy(node => node == before ? 0 : 1)
            .Select(node => OpenUsable(root, node, ConsoleLogger.Warn))
            .FirstOrDefault(folder => folder is not null);
        return existing ?? MakeNext(root, numbers.DefaultIfEmpty(0).Max() + 1);
    }

    /// <summary>The member of a cluster whose folder nobody has, and which can be used; null where there is none.</summary>
    /// <param name="root">The shared folder.</param>
    /// <param name="warn">Takes why a folder can't be used.</param>
    public static NodeId? FreeMember(string root, Action<string> warn)
    {
        foreach (var node in Numbers(Path.GetFullPath(root)).Select(NameOf).Where(node => IsOfMember(root, node)))
        {
            using var folder = OpenUsable(root, node, warn);
            if (folder is not null) return node;
        }

        return null;
    }

    /// <summary>A number that is missing is never made again: the node had votes and entries, and a new one would not know them.</summary>
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
            warn($"The folder of {node} is passed over. {e.Message}");
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

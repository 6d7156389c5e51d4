using System.Globalization;
using Raft.Actors.Protocol;
using Raft.Lighthouse.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// A folder that replicas share, such as the volume of a service: each takes a folder in it that no other has, and its name
/// with it. So a replica is the node that it was before, whatever its container is called.
/// </summary>
internal static class SharedDataFolder
{
    /// <summary>Takes the first folder <c>n1</c>, <c>n2</c>, … that is free; makes the next one where none is.</summary>
    /// <param name="root">The shared folder.</param>
    /// <exception cref="StartupException">A folder can't be used; the message says why and what to do.</exception>
    public static DataFolder Claim(string root)
    {
        var numbers = Numbers(Path.GetFullPath(root));

        // A number that is missing is never made again: the node had votes and entries, and a new one would not know them.
        var next = numbers.DefaultIfEmpty(0).Max() + 1;
        return numbers.Concat(Enumerable.Range(next, int.MaxValue - next))
            .Select(number => new NodeId($"n{number.ToString(CultureInfo.InvariantCulture)}"))
            .Select(node => DataFolder.OpenIfFree(Path.Combine(root, node.Value), node))
            .First(folder => folder is not null)!;
    }

    private static int[] Numbers(string root)
    {
        try
        {
            var names = Directory.CreateDirectory(root).EnumerateDirectories("n*").Select(d => d.Name);
            return [.. names.Select(Number).Where(n => n > 0).Order()];
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

using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Numbers and names that no node has used before. Pure.</summary>
/// <param name="random">Draws them.</param>
internal sealed class UnusedNumbers(Random random)
{
    private long? _last;

    /// <summary>
    /// A number for a query, so that its answer is told from those to others. A node that starts again does not remember which
    /// ones it used: it begins anywhere.
    /// </summary>
    public long Next()
    {
        const double Numbers = 1L << 53;
        _last = _last + 1 ?? (long)(random.NextDouble() * Numbers);
        return _last.Value;
    }

    /// <summary>A name for a cluster that is founded.</summary>
    public ClusterId NextClusterId()
    {
        const int HalfBits = 32;
        long Half() => (long)(random.NextDouble() * (1L << HalfBits));
        return new ClusterId($"{Half():x8}{Half():x8}");
    }
}

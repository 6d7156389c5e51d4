using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Draws numbers and names that no node has used before. Pure.</summary>
/// <param name="random">The source of random numbers.</param>
internal sealed class UnusedNumbers(Random random)
{
    private long? _last;

    /// <summary>
    /// A number that identifies a request. A restarted node does not remember the numbers that it used, so it starts at a random
    /// one.
    /// </summary>
    public long Next()
    {
        const double Numbers = 1L << 53;
        _last = _last + 1 ?? (long)(random.NextDouble() * Numbers);
        return _last.Value;
    }

    /// <summary>An id for a new cluster.</summary>
    public ClusterId NextClusterId()
    {
        const int HalfBits = 32;
        long Half() => (long)(random.NextDouble() * (1L << HalfBits));
        return new ClusterId($"{Half():x8}{Half():x8}");
    }
}

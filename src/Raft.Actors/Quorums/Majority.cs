namespace Raft.Actors.Quorums;

/// <summary>Majority arithmetic (Raft §5.2, §5.3).</summary>
internal static class Majority
{
    /// <summary>How many of <paramref name="voters"/> make a majority: 2 of 3, 3 of 4, 3 of 5.</summary>
    public static int Of(int voters) => (voters / 2) + 1;

    /// <summary>
    /// The highest value that a majority of all voters has reached. Every voter has a value, also one that never
    /// answered: a median of answers alone would count too few.
    /// </summary>
    /// <param name="reached">One value for each voter.</param>
    /// <exception cref="ArgumentException">There is no voter.</exception>
    public static long Reached(ReadOnlySpan<long> reached)
    {
        if (reached.IsEmpty) throw new ArgumentException("A quorum needs at least one voter.", nameof(reached));
        Span<long> sorted = reached.Length <= 16 ? stackalloc long[reached.Length] : new long[reached.Length];
        reached.CopyTo(sorted);
        sorted.Sort();
        return sorted[reached.Length - Of(reached.Length)];
    }
}

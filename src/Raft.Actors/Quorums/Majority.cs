namespace Raft.Actors.Quorums;

/// <summary>Majority arithmetic (Raft §5.2, §5.3).</summary>
internal static class Majority
{
    /// <summary>The size of a majority of <paramref name="voters"/>: 2 of 3, 3 of 4, 3 of 5.</summary>
    public static int Of(int voters) => (voters / 2) + 1;

    /// <summary>
    /// The highest value that a majority of the voters has reached. Every voter counts, including one that never answered; a
    /// median of the answers alone would be too high.
    /// </summary>
    /// <param name="reached">One value per voter.</param>
    /// <exception cref="ArgumentException">There are no voters.</exception>
    public static long Reached(ReadOnlySpan<long> reached)
    {
        if (reached.IsEmpty) throw new ArgumentException("A quorum needs at least one voter.", nameof(reached));
        Span<long> sorted = reached.Length <= 16 ? stackalloc long[reached.Length] : new long[reached.Length];
        reached.CopyTo(sorted);
        sorted.Sort();
        return sorted[reached.Length - Of(reached.Length)];
    }
}

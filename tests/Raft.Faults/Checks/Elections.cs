namespace Raft.Faults.Checks;

/// <summary>Which elections a fault did not justify.</summary>
internal static class Elections
{
    /// <summary>The number of needless ones.</summary>
    /// <param name="before">The term before the fault.</param>
    /// <param name="after">The term after it.</param>
    /// <param name="ledTerms">Terms in which a node led.</param>
    /// <param name="justified">
    /// Changes of the leader that the fault justifies. Where it justifies none, every new term is needless, also one that nobody
    /// led; else a term without a leader is a split vote, and part of the election that follows.
    /// </param>
    public static int Needless(long before, long after, IReadOnlyCollection<long> ledTerms, int justified)
    {
        if (justified == 0) return (int)(after - before);
        var led = ledTerms.Append(after).Distinct().Count(term => term > before && term <= after);
        return Math.Max(0, led - justified);
    }
}

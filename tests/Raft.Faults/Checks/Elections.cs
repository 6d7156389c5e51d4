namespace Raft.Faults.Checks;

/// <summary>Counts the elections that a fault does not justify.</summary>
internal static class Elections
{
    /// <summary>Returns the number of needless elections.</summary>
    /// <param name="before">The term before the fault.</param>
    /// <param name="after">The term after it.</param>
    /// <param name="ledTerms">The terms in which a node led.</param>
    /// <param name="justified">
    /// The leader changes that the fault justifies. If it justifies none, every new term is needless, even one without a
    /// leader; otherwise a term without a leader is a split vote, and part of the election that follows.
    /// </param>
    public static int Needless(long before, long after, IReadOnlyCollection<long> ledTerms, int justified)
    {
        if (justified == 0) return (int)(after - before);
        var led = ledTerms.Append(after).Distinct().Count(term => term > before && term <= after);
        return Math.Max(0, led - justified);
    }
}

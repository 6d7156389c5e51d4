namespace Raft.Actors.Protocol;

/// <summary>A term: Raft's logical clock. Each term has at most one leader (Raft §5.1).</summary>
/// <param name="Value">Number of the term; 0 is the time before the first election.</param>
public readonly record struct Term(long Value) : IComparable<Term>
{
    /// <summary>The time before the first election.</summary>
    public static readonly Term Zero = new(0);

    /// <summary>
    /// How far one message may advance a node's term. At one election in 200 ms this is some 7,000 years of failed
    /// elections, so only a broken or hostile peer asks for more.
    /// </summary>
    internal const long MaxAdvance = 1L << 40;

    /// <summary>The term that a candidate starts after this one.</summary>
    public Term Next() => new(Value + 1);

    /// <inheritdoc/>
    public int CompareTo(Term other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is older than <paramref name="right"/>.</summary>
    public static bool operator <(Term left, Term right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is newer than <paramref name="right"/>.</summary>
    public static bool operator >(Term left, Term right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not newer than <paramref name="right"/>.</summary>
    public static bool operator <=(Term left, Term right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not older than <paramref name="right"/>.</summary>
    public static bool operator >=(Term left, Term right) => left.Value >= right.Value;

    /// <summary>The number alone, as log lines print it.</summary>
    public override string ToString() => Value.ToString();
}

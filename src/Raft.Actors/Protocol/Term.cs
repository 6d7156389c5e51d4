namespace Raft.Actors.Protocol;

/// <summary>A term: Raft's logical clock. Each term has at most one leader (Raft §5.1).</summary>
/// <param name="Value">The term's number; 0 before the first election.</param>
public readonly record struct Term(long Value) : IComparable<Term>
{
    /// <summary>The term before the first election.</summary>
    public static readonly Term Zero = new(0);

    /// <summary>
    /// How far one message may advance a node's term. With one election every 200 ms this takes some 7,000 years of failed
    /// elections, so only a defective or hostile peer exceeds it.
    /// </summary>
    internal const long MaxAdvance = 1L << 40;

    /// <summary>The term of the next election.</summary>
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

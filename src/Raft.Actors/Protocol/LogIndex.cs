namespace Raft.Actors.Protocol;

/// <summary>A position in the replicated log. The first entry has index 1 (Raft, Figure 2).</summary>
/// <param name="Value">The position; 0 is before the first entry.</param>
public readonly record struct LogIndex(long Value) : IComparable<LogIndex>
{
    /// <summary>The position before the first entry.</summary>
    public static readonly LogIndex Zero = new(0);

    /// <summary>An upper bound that no log reaches. An RPC with a higher index comes from a defective or hostile peer.</summary>
    public static readonly LogIndex Limit = new(1L << 60);

    /// <summary>The next position.</summary>
    public LogIndex Next() => new(Value + 1);

    /// <summary>The previous position; <see cref="Zero"/> for <see cref="Zero"/>.</summary>
    public LogIndex Previous() => new(Math.Max(0, Value - 1));

    /// <summary>The lower of two positions.</summary>
    public static LogIndex Min(LogIndex left, LogIndex right) => left < right ? left : right;

    /// <summary>The higher of two positions.</summary>
    public static LogIndex Max(LogIndex left, LogIndex right) => left > right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(LogIndex other) => Value.CompareTo(other.Value);

    /// <summary>The position <paramref name="count"/> places after <paramref name="index"/>.</summary>
    public static LogIndex operator +(LogIndex index, long count) => new(index.Value + count);

    /// <summary>The distance between two positions.</summary>
    public static long operator -(LogIndex left, LogIndex right) => left.Value - right.Value;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(LogIndex left, LogIndex right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(LogIndex left, LogIndex right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(LogIndex left, LogIndex right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(LogIndex left, LogIndex right) => left.Value >= right.Value;

    /// <summary>The number alone, as log lines print it.</summary>
    public override string ToString() => Value.ToString();
}

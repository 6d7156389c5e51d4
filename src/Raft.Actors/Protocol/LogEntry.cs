namespace Raft.Actors.Protocol;

/// <summary>The purpose of a log entry.</summary>
public enum EntryKind
{
    /// <summary>Appended by a new leader at the start of its term, so that it can commit older entries (Raft §8).</summary>
    NoOp = 0,

    /// <summary>A command for the state machine.</summary>
    Command = 1,

    /// <summary>
    /// Opens a client's session (dissertation §6.3), which is named by the entry's index. The entry contains the session limits
    /// that all nodes apply from here on.
    /// </summary>
    OpenSession = 2,

    /// <summary>
    /// Readmits a member that lost its journal. The entry contains the member's name and the number of its new journal. From here
    /// on acknowledgements with an older journal don't count; once the entry is committed, those with the new journal do.
    /// </summary>
    Readmission = 3,
}

/// <summary>One entry of the replicated log (Raft §5.3). Index and term together identify it in the whole cluster.</summary>
/// <param name="Index">The entry's log index.</param>
/// <param name="Term">Term of the leader that created the entry.</param>
/// <param name="Kind">The purpose of the entry.</param>
/// <param name="Command">The bytes for the state machine; empty for a no-op.</param>
public sealed record LogEntry(LogIndex Index, Term Term, EntryKind Kind, ReadOnlyMemory<byte> Command)
{
    /// <summary>The most bytes that an encoded entry has besides its command and its origin.</summary>
    internal const int EncodedOverhead = 40;

    /// <summary>
    /// Log time: how long leaders have led since the group was formed, in whole milliseconds. It never decreases along the log
    /// and does not depend on wall clocks, because expiry must be the same on all nodes (dissertation §6.3).
    /// </summary>
    public TimeSpan Time { get; init; }

    /// <summary>Identifies the command when it is sent again; null if each attempt is a new command.</summary>
    public CommandOrigin? Origin { get; init; }

    /// <summary>Upper bound of the encoded size in bytes, by which batches are limited.</summary>
    internal int EncodedBytes => Command.Length + EncodedOverhead + (Origin?.EncodedBytes ?? 0);

    /// <summary>Whether both entries have the same index, term, kind, time, origin and bytes.</summary>
    public bool Equals(LogEntry? other) =>
        other is not null && Index == other.Index && Term == other.Term && Kind == other.Kind && Time == other.Time
        && Origin == other.Origin && Command.Span.SequenceEqual(other.Command.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Term, Kind, Command.Length);
}

namespace Raft.Actors.Protocol;

/// <summary>What a log entry is for.</summary>
public enum EntryKind
{
    /// <summary>Written by a new leader at the start of its term, so that older entries can be committed (Raft §8).</summary>
    NoOp = 0,

    /// <summary>A command for the state machine.</summary>
    Command = 1,

    /// <summary>
    /// Opens a client's session (dissertation §6.3); the entry's index names it. Its bytes are the limits that every node keeps
    /// to from here on.
    /// </summary>
    OpenSession = 2,

    /// <summary>
    /// Readmits a member that lost its journal: its bytes name the member and the number of its new journal. From here on what the
    /// member promised on an older journal does not count; once this is committed, what it promises on the new one does.
    /// </summary>
    Readmission = 3,
}

/// <summary>One entry of the replicated log (Raft §5.3). Index and term together identify it in the whole cluster.</summary>
/// <param name="Index">Position in the log.</param>
/// <param name="Term">Term of the leader that created the entry.</param>
/// <param name="Kind">What the entry is for.</param>
/// <param name="Command">The bytes that the state machine gets; empty for a no-op.</param>
public sealed record LogEntry(LogIndex Index, Term Term, EntryKind Kind, ReadOnlyMemory<byte> Command)
{
    /// <summary>What an encoded entry takes beside its command and its origin, at the most, in bytes.</summary>
    internal const int EncodedOverhead = 40;

    /// <summary>
    /// Log time: for how long some leader has led since the group was formed, in whole milliseconds. It never decreases along the
    /// log, and no wall clock is asked (dissertation §6.3: expiry must be the same on all nodes).
    /// </summary>
    public TimeSpan Time { get; init; }

    /// <summary>What the command is known by when it comes again; null where it is a new one each time.</summary>
    public CommandOrigin? Origin { get; init; }

    /// <summary>Upper bound of the encoded size in bytes; batches are cut by it.</summary>
    internal int EncodedBytes => Command.Length + EncodedOverhead + (Origin?.EncodedBytes ?? 0);

    /// <summary>Whether both entries have the same index, term, kind, time, origin and bytes.</summary>
    public bool Equals(LogEntry? other) =>
        other is not null && Index == other.Index && Term == other.Term && Kind == other.Kind && Time == other.Time
        && Origin == other.Origin && Command.Span.SequenceEqual(other.Command.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Term, Kind, Command.Length);
}

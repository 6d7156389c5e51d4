namespace Raft.Actors.Protocol;

/// <summary>What a log entry is for.</summary>
public enum EntryKind
{
    /// <summary>Written by a new leader at the start of its term, so that older entries can be committed (Raft §8).</summary>
    NoOp = 0,

    /// <summary>A command for the state machine.</summary>
    Command = 1,
}

/// <summary>One entry of the replicated log (Raft §5.3). Index and term together identify it in the whole cluster.</summary>
/// <param name="Index">Position in the log.</param>
/// <param name="Term">Term of the leader that created the entry.</param>
/// <param name="Kind">What the entry is for.</param>
/// <param name="Command">The bytes that the state machine gets; empty for a no-op.</param>
public sealed record LogEntry(LogIndex Index, Term Term, EntryKind Kind, ReadOnlyMemory<byte> Command)
{
    /// <summary>What an encoded entry takes beside its command, at the most, in bytes.</summary>
    public const int EncodedOverhead = 24;

    /// <summary>Upper bound of the encoded size in bytes; batches are cut by it.</summary>
    public int EncodedBytes => Command.Length + EncodedOverhead;

    /// <summary>Whether both entries have the same index, term, kind and bytes.</summary>
    public bool Equals(LogEntry? other) =>
        other is not null && Index == other.Index && Term == other.Term && Kind == other.Kind
        && Command.Span.SequenceEqual(other.Command.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Term, Kind, Command.Length);
}

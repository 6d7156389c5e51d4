namespace Raft.Actors.StateMachines.KeyValue;

/// <summary>What became of a write.</summary>
public enum WriteOutcome
{
    /// <summary>The store changed.</summary>
    Done = 0,

    /// <summary>The key has another revision than the write expected; nothing changed.</summary>
    ConditionFailed = 1,

    /// <summary>There was no such key to delete; nothing changed.</summary>
    NotFound = 2,

    /// <summary>The command makes no sense; nothing changed.</summary>
    Invalid = 3,
}

/// <summary>When a write may be done.</summary>
/// <param name="ExpectedRevision">The revision that the key must have; 0: it must not exist; null: no condition.</param>
public readonly record struct WriteCondition(long? ExpectedRevision)
{
    /// <summary>No condition.</summary>
    public static readonly WriteCondition None = new(null);

    /// <summary>Only if the key does not exist.</summary>
    public static readonly WriteCondition Absent = new(0);

    /// <summary>Only if the key's value was set by this revision.</summary>
    public static WriteCondition Revision(long revision) => new(revision);
}

/// <summary>The result of a write.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Revision">The key's revision: the new one where it was done, else the one that stands; 0 for no key.</param>
/// <param name="Index">The command's place in the log.</param>
/// <param name="Term">The term of its entry.</param>
public sealed record KeyValueWrite(WriteOutcome Outcome, long Revision, long Index, long Term);

/// <summary>A value as it was read.</summary>
/// <param name="Value">The bytes; null where there is no such key.</param>
/// <param name="Revision">The value's revision; 0 where there is no such key.</param>
/// <param name="Index">Last log index that the answer reflects.</param>
public sealed record KeyValueRead(ReadOnlyMemory<byte>? Value, long Revision, long Index);

/// <summary>A key of a range.</summary>
/// <param name="Key">The key.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Bytes">Size of its value.</param>
public sealed record KeyListing(string Key, long Revision, int Bytes);

/// <summary>A page of keys.</summary>
/// <param name="Keys">The keys, in order.</param>
/// <param name="Next">Where the next page begins: give it as <c>after</c>. Null on the last page.</param>
/// <param name="Index">Last log index that the page reflects.</param>
public sealed record KeyPage(IReadOnlyList<KeyListing> Keys, string? Next, long Index);

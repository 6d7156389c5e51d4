namespace Raft.Actors.StateMachines.KeyValue;

/// <summary>The outcome of a write.</summary>
public enum WriteOutcome
{
    /// <summary>The store changed.</summary>
    Done = 0,

    /// <summary>The key has another revision than expected; the store did not change.</summary>
    ConditionFailed = 1,

    /// <summary>There is no such key to delete; the store did not change.</summary>
    NotFound = 2,

    /// <summary>The command is invalid; the store did not change.</summary>
    Invalid = 3,
}

/// <summary>The condition of a write.</summary>
/// <param name="ExpectedRevision">The revision that the key must have; 0 if it must not exist; null for no condition.</param>
public readonly record struct WriteCondition(long? ExpectedRevision)
{
    /// <summary>No condition.</summary>
    public static readonly WriteCondition None = new(null);

    /// <summary>The key must not exist.</summary>
    public static readonly WriteCondition Absent = new(0);

    /// <summary>The key's value must have this revision.</summary>
    public static WriteCondition Revision(long revision) => new(revision);
}

/// <summary>The result of a write.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Revision">The key's revision: the new one if the store changed, otherwise the current one; 0 if there is no such
/// key.</param>
/// <param name="Index">The command's log index.</param>
/// <param name="Term">The term of its entry.</param>
public sealed record KeyValueWrite(WriteOutcome Outcome, long Revision, long Index, long Term);

/// <summary>The result of a read.</summary>
/// <param name="Value">The bytes; null if there is no such key.</param>
/// <param name="Revision">The value's revision; 0 if there is no such key.</param>
/// <param name="Index">Last log index that the answer reflects.</param>
public sealed record KeyValueRead(ReadOnlyMemory<byte>? Value, long Revision, long Index);

/// <summary>A key in a range.</summary>
/// <param name="Key">The key.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Bytes">Size of its value in bytes.</param>
public sealed record KeyListing(string Key, long Revision, int Bytes);

/// <summary>A page of keys.</summary>
/// <param name="Keys">The keys, in order.</param>
/// <param name="Next">The key after which the next page starts, for the parameter <c>after</c>; null on the last page.</param>
/// <param name="Index">Last log index that the page reflects.</param>
public sealed record KeyPage(IReadOnlyList<KeyListing> Keys, string? Next, long Index);

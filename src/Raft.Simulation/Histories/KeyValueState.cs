namespace Raft.Simulation.Histories;

/// <summary>
/// One key of the key-value store, as far as the answers tell. The revision that a write of unknown outcome gave to the key is
/// open until an answer tells it.
/// </summary>
/// <param name="Value">The value as text; null where there is no such key.</param>
/// <param name="LastRevision">
/// The latest revision that is known to have been there, 0 for none. It is the value's own unless
/// <paramref name="IsRevisionOpen"/>; all later writes have higher ones.
/// </param>
/// <param name="IsRevisionOpen">
/// Whether the value's own revision is not known, only that it is above <paramref name="LastRevision"/>. False where there is
/// no such key.
/// </param>
internal readonly record struct KeyValueState(string? Value, long LastRevision, bool IsRevisionOpen)
{
    /// <summary>Before the first write.</summary>
    public static readonly KeyValueState Empty = new(null, 0, false);

    /// <summary>Whether the key's revision is this one, or can be; 0: there is no such key.</summary>
    /// <param name="revision">The revision.</param>
    public bool CanHave(long revision) =>
        Value is null ? revision == 0
        : IsRevisionOpen ? revision > LastRevision
        : revision == LastRevision;

    /// <summary>Whether this state leaves open whatever the other does.</summary>
    internal bool Covers(KeyValueState other) =>
        Value == other.Value
        && (Value is null || (IsRevisionOpen && other.IsRevisionOpen) ? LastRevision <= other.LastRevision
            : IsRevisionOpen ? LastRevision < other.LastRevision
            : !other.IsRevisionOpen && LastRevision == other.LastRevision);

    /// <summary>The state, now that its revision is known.</summary>
    /// <param name="revision">A revision that it <see cref="CanHave"/>.</param>
    internal KeyValueState At(long revision) =>
        Value is null ? this : this with { LastRevision = revision, IsRevisionOpen = false };
}

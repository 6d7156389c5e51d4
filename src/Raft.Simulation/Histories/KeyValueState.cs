namespace Raft.Simulation.Histories;

/// <summary>
/// The state of one key, as far as outputs reveal it. The revision that a write of unknown outcome gave the key is open until
/// an output reveals it.
/// </summary>
/// <param name="Value">The value as text; null if the key does not exist.</param>
/// <param name="LastRevision">
/// The latest known revision, 0 for none. It is that of the value unless <paramref name="IsRevisionOpen"/>; all later writes
/// have higher ones.
/// </param>
/// <param name="IsRevisionOpen">
/// Whether the value's revision is unknown, except that it is above <paramref name="LastRevision"/>. False if the key does not
/// exist.
/// </param>
internal readonly record struct KeyValueState(string? Value, long LastRevision, bool IsRevisionOpen)
{
    /// <summary>The state before the first write.</summary>
    public static readonly KeyValueState Empty = new(null, 0, false);

    /// <summary>Whether the key's revision is or can be this one; 0 means that the key does not exist.</summary>
    /// <param name="revision">The revision.</param>
    public bool CanHave(long revision) =>
        Value is null ? revision == 0
        : IsRevisionOpen ? revision > LastRevision
        : revision == LastRevision;

    /// <summary>Whether this state leaves open everything that the other leaves open.</summary>
    internal bool Covers(KeyValueState other) =>
        Value == other.Value
        && (Value is null || (IsRevisionOpen && other.IsRevisionOpen) ? LastRevision <= other.LastRevision
            : IsRevisionOpen ? LastRevision < other.LastRevision
            : !other.IsRevisionOpen && LastRevision == other.LastRevision);

    /// <summary>Returns the state after its revision became known.</summary>
    /// <param name="revision">A revision for which <see cref="CanHave"/> returns true.</param>
    internal KeyValueState At(long revision) =>
        Value is null ? this : this with { LastRevision = revision, IsRevisionOpen = false };
}

namespace Raft.Actors.Protocol;

/// <summary>
/// Requests that a node takes a snapshot of its own state and drops the entries that it replaces (Raft §7). It is answered by
/// <see cref="SnapshotTaken"/> when the snapshot is on disk, or by <see cref="SnapshotRefused"/>.
/// </summary>
internal sealed record TakeSnapshot : IClusterRequest
{
    /// <summary>The message of a process that does not know its cluster.</summary>
    public static readonly TakeSnapshot Instance = new();

    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>The node's newest snapshot is on its disk.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Index">Last index that the snapshot replaces.</param>
/// <param name="Bytes">The snapshot's size in bytes.</param>
public sealed record SnapshotTaken(NodeId NodeId, LogIndex Index, long Bytes);

/// <summary>The node did not take a snapshot.</summary>
/// <param name="Reason">Why, and what to do, as a sentence.</param>
internal sealed record SnapshotRefused(string Reason);

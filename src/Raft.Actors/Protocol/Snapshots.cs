namespace Raft.Actors.Protocol;

/// <summary>
/// Asks a node to take a snapshot of its own state and to drop the entries that it replaces (Raft §7). Answered by
/// <see cref="SnapshotTaken"/> when it is on the node's disk, or by <see cref="SnapshotRefused"/>.
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
/// <param name="Bytes">Its size.</param>
public sealed record SnapshotTaken(NodeId NodeId, LogIndex Index, long Bytes);

/// <summary>The node took no snapshot.</summary>
/// <param name="Reason">One sentence saying why, and what to do.</param>
internal sealed record SnapshotRefused(string Reason);

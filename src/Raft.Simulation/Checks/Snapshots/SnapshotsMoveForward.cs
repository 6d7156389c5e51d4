using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Snapshots;

/// <summary>
/// A node's snapshot never goes back, and is on its disk when it says so; it drops no entry that is not in a snapshot or that it
/// has not committed (Raft §7). What it starts with again is at least the snapshot that it said to have.
/// </summary>
internal sealed class SnapshotsMoveForward : Check
{
    /// <inheritdoc/>
    public override string Name => "snapshots move forward";

    /// <inheritdoc/>
    public override string Source => "Raft §7, hazard 17";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (node, before, after) = (change.Node, change.Before, change.After);
        if (!after.IsRunning || (after.StartIndex == LogIndex.Zero && before.SnapshotIndex == LogIndex.Zero)) return;
        Examine();
        if (after.SnapshotIndex < before.SnapshotIndex)
            throw Violated(
                $"{node} had a snapshot up to entry {before.SnapshotIndex}", $"it has one up to {after.SnapshotIndex} now");
        if (change.IsSameIncarnation && after.StartIndex < before.StartIndex)
            throw Violated(
                $"{node} had dropped its entries up to {before.StartIndex}",
                $"it says to have dropped those up to {after.StartIndex}");
        if (after.SnapshotIndex > node.Disk.SnapshotIndex)
            throw Violated(
                $"the disk of {node} has a snapshot up to entry {node.Disk.SnapshotIndex}",
                $"it says to have one up to {after.SnapshotIndex}");
        if (after.StartIndex > after.CommitIndex)
            throw Violated($"{node} has committed up to {after.CommitIndex}", $"it dropped its entries up to {after.StartIndex}");
    }
}

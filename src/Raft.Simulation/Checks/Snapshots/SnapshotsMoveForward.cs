using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Snapshots;

/// <summary>
/// A node's snapshot never moves back, and is on its disk when the node says so. The node drops only entries that are in a
/// snapshot and that it has committed (Raft §7). After a restart its snapshot is at least the one that it reported.
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
                $"it reports to have dropped those up to {after.StartIndex}");
        if (after.SnapshotIndex > node.Disk.SnapshotIndex)
            throw Violated(
                $"the disk of {node} has a snapshot up to entry {node.Disk.SnapshotIndex}",
                $"it reports one up to {after.SnapshotIndex}");
        if (after.StartIndex > after.CommitIndex)
            throw Violated($"{node} has committed up to {after.CommitIndex}", $"it dropped its entries up to {after.StartIndex}");
    }
}

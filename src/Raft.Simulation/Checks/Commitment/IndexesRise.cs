namespace Raft.Simulation.Checks.Commitment;

/// <summary>
/// Commit index and last applied index never decrease while a node runs. Applied entries are committed, and committed entries
/// are in the log (Raft, Figure 2).
/// </summary>
internal sealed class IndexesRise : Check
{
    /// <inheritdoc/>
    public override string Name => "indexes rise";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, Figure 2";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning) return;
        Examine();
        if (change.IsSameIncarnation && after.CommitIndex < before.CommitIndex)
            throw Violated(
                $"{change.Node} had committed up to {before.CommitIndex}", $"its commit index fell to {after.CommitIndex}");
        if (change.IsSameIncarnation && after.LastApplied < before.LastApplied)
            throw Violated(
                $"{change.Node} had applied up to {before.LastApplied}", $"its last applied index fell to {after.LastApplied}");
        if (after.LastApplied > after.CommitIndex)
            throw Violated(
                $"{change.Node} has committed up to {after.CommitIndex}",
                $"it reports that it applied up to {after.LastApplied}");
        if (after.CommitIndex > after.LastIndex)
            throw Violated(
                $"the log of {change.Node} ends at {after.LastIndex}", $"it reports that it committed up to {after.CommitIndex}");
        if (after.DurableIndex > after.LastIndex)
            throw Violated(
                $"the log of {change.Node} ends at {after.LastIndex}",
                $"it reports that it is durable up to {after.DurableIndex}");
    }
}

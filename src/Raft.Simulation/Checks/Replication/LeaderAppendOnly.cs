using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Replication;

/// <summary>A leader never overwrites or removes entries of its log; it only appends (Raft §5.3, Figure 3).</summary>
internal sealed class LeaderAppendOnly : Check
{
    /// <inheritdoc/>
    public override string Name => "leader append-only";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, Figure 3";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (change.FirstChanged is not { } changed || !after.IsRunning || !change.IsSameIncarnation) return;
        if (before.Role != RaftRole.Leader || after.Role != RaftRole.Leader || before.Term != after.Term) return;
        Examine();
        if (changed <= before.LastIndex || after.LastIndex < before.LastIndex)
            throw Violated(
                $"{change.Node} led term {after.Term} with entries up to {before.LastIndex}",
                $"its log changed from entry {changed} on while it led");
    }
}

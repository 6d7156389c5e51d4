using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>An entry that a node commits is on the disks of a majority (Raft §5.3).</summary>
internal sealed class CommittedIsDurable : Check
{
    /// <inheritdoc/>
    public override string Name => "committed is durable";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, hazards 11 and 21";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var after = change.After;
        var from = change.IsSameIncarnation ? change.Before.CommitIndex : LogIndex.Zero;
        if (!after.IsRunning || after.CommitIndex <= from) return;
        if (change.Node.Log.TermAt(after.CommitIndex) is not { } term) return;
        Examine();
        var disks = Disks.Holding(cluster, after.CommitIndex, term);
        if (disks < cluster.Majority)
            throw Violated(
                $"{disks} of {cluster.VoterCount} disks have entry {after.CommitIndex} of term {term}",
                $"{change.Node}, {after.Role} in term {after.Term}, committed it");
    }
}

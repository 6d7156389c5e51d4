namespace Raft.Simulation.Checks.Liveness;

/// <summary>
/// The proposals that a leader has accepted are in its log, unless its journal is busy or it is transferring its leadership:
/// these end with an event that makes the leader continue. Otherwise it would forget the proposals until the client retries.
/// </summary>
internal sealed class ProposalsMoveOn : Check
{
    /// <inheritdoc/>
    public override string Name => "proposals move on";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, hazard 29";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        if (change.After is not { IsRunning: true, PendingProposals: > 0 } after) return;
        Examine();
        if (after is { IsWriting: false, IsDeleting: false, IsTransferring: false })
            throw Violated(
                $"{change.Node}, leader of term {after.Term}, has accepted {after.PendingProposals} proposals that are in no log",
                "its journal neither writes nor deletes, and no transfer of the leadership is under way");
    }
}

namespace Raft.Simulation.Checks.Liveness;

/// <summary>
/// What a leader has taken is in its log, unless its journal is at work or the leadership is on its way to another node: then
/// there is an event at which it goes on. Else nobody would think of it until the client asks again.
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
                $"{change.Node} has taken proposals as leader of term {after.Term}: {after.PendingProposals} of them are in no log",
                "its journal neither writes nor deletes, and no transfer of the leadership is under way");
    }
}

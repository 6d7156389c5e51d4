using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Snapshots;

/// <summary>
/// A follower that installs its leader's snapshot acknowledges nothing before its state machine is restored from it (hazard
/// 18): its entries are deleted, and if the snapshot can't be read, nothing is left.
/// </summary>
internal sealed class InstalledIsRestored : Check
{
    private readonly PerNode<Installed> _installed = new();

    /// <inheritdoc/>
    public override string Name => "installed is restored";

    /// <inheritdoc/>
    public override string Source => "Raft §7, hazard 18";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var installed = _installed[change.Node];
        if (!change.IsSameIncarnation) installed.Index = LogIndex.Zero;
        else if (change.After.StartIndex > change.Before.CommitIndex) installed.Index = change.After.StartIndex;
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        var installed = _installed[sender];
        if (rpc is not AppendAccepted accepted || installed.Index == LogIndex.Zero) return;
        Examine();
        if (accepted.MatchIndex > LogIndex.Zero && sender.State.LastApplied < installed.Index)
            throw Violated(
                $"{sender} took a snapshot up to entry {installed.Index}, and has applied {sender.State.LastApplied}",
                $"it told {receiver} that it has everything up to {accepted.MatchIndex}");
    }

    private sealed class Installed
    {
        public LogIndex Index { get; set; }
    }
}

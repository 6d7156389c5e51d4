using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A node's term never decreases (Raft §5.1) while it runs. After a restart it is not below the term that was on its disk when
/// the node went down, nor below a term in which the node had promised something to another (Figure 2: currentTerm is
/// persistent).
/// </summary>
internal sealed class TermsRise : Check
{
    private readonly PerNode<Memory> _memories = new();

    /// <inheritdoc/>
    public override string Name => "terms rise";

    /// <inheritdoc/>
    public override string Source => "Raft §5.1, Figure 2";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        var memory = _memories[change.Node];
        if (!after.IsRunning)
        {
            if (before.IsRunning) memory.OnDisk = change.Node.Disk.Term;
            return;
        }

        Examine();
        if (change.IsSameIncarnation)
        {
            if (after.Term < before.Term)
                throw Violated($"{change.Node} was in term {before.Term}", $"it went back to term {after.Term}");
            return;
        }

        if (after.Term < memory.OnDisk)
            throw Violated(
                $"{change.Node} went down with term {memory.OnDisk} on its disk", $"it started again in term {after.Term}");
        if (after.Term < memory.Promised)
            throw Violated(
                $"{change.Node} had sent a promise of term {memory.Promised}", $"it started again in term {after.Term}");
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is AppendOutdated or RpcRefused) return;
        var memory = _memories[sender];
        if (rpc.Term > memory.Promised) memory.Promised = rpc.Term;
    }

    private sealed class Memory
    {
        public Term OnDisk { get; set; }

        public Term Promised { get; set; }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.LostJournals;

/// <summary>
/// A node that lost its disk, or the newest events on it, promises nothing before it is readmitted: it does not vote, not even
/// for itself, and its acknowledgements say that they don't count (docs/decisions/020).
/// </summary>
internal sealed class SilentUntilReadmitted : Check
{
    /// <inheritdoc/>
    public override string Name => "silent until readmitted";

    /// <inheritdoc/>
    public override string Source => "docs/decisions/020, hazard 23";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (!sender.HasLostData) return;
        Examine();
        var isPromise = rpc is VoteGranted or PreVoteGranted or RequestVote or RequestPreVote or AppendEntries or InstallSnapshot
            || (rpc is AppendAccepted && !rpc.Journal.AwaitsReadmission);
        if (isPromise)
            throw Violated(
                $"{sender} lost what was on its disk, and no entry has readmitted it since",
                $"it sent {rpc.GetType().Name} of term {rpc.Term} to {receiver}");
    }
}

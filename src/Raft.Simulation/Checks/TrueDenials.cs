using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// A vote is refused for the candidate's log only where the voter's is newer (Raft §5.4.1): otherwise logs can block each
/// other, and nobody is ever elected. When exactly the voter decides is not seen; so its newest log between the arrival of
/// the request and the refusal counts.
/// </summary>
public sealed class TrueDenials : Check
{
    private readonly PerNode<List<Asked>> _asked = new();

    /// <inheritdoc/>
    public override string Name => "true denials";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.1, hazard 6";

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is not RequestVote request || !receiver.State.IsRunning) return;
        _asked[receiver].Add(new Asked(request) { NewestTerm = receiver.State.LastTerm, NewestIndex = receiver.State.LastIndex });
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var asked = _asked[change.Node];
        if (asked.Count == 0) return;
        var state = change.After;
        if (!change.IsSameIncarnation || !state.IsRunning) asked.Clear();
        asked.RemoveAll(a => a.Request.Term < state.Term);
        foreach (var a in asked) a.Update(state.LastTerm, state.LastIndex);
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not VoteDenied { Reason: VoteDenial.LogNotUpToDate } denied) return;
        foreach (var a in _asked[sender])
        {
            if (a.Request.From != receiver || a.Request.Term != denied.Term) continue;
            Examine();
            if (!a.IsUpToDate) continue;
            throw Violated(
                $"{receiver} asked {sender} for its vote in term {denied.Term} with a log that ends with entry "
                + $"{a.Request.LastLogIndex} of term {a.Request.LastLogTerm}",
                $"{sender} refused it as not up to date, and its own log never went beyond entry {a.NewestIndex} of term {a.NewestTerm}");
        }
    }

    private sealed class Asked(RequestVote request)
    {
        public RequestVote Request { get; } = request;

        public Term NewestTerm { get; set; }

        public LogIndex NewestIndex { get; set; }

        /// <summary>Whether the candidate's log is at least as up to date as the voter's ever was.</summary>
        public bool IsUpToDate =>
            Request.LastLogTerm > NewestTerm || (Request.LastLogTerm == NewestTerm && Request.LastLogIndex >= NewestIndex);

        public void Update(Term term, LogIndex index)
        {
            if (term > NewestTerm || (term == NewestTerm && index > NewestIndex)) (NewestTerm, NewestIndex) = (term, index);
        }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.PreVotes;

/// <summary>
/// A node grants a pre-vote only if it would vote: to a log that is at least as up to date as its own, and for a term that is
/// not older than its own (dissertation §9.6, Raft §5.4.1). The check can't observe when the node decides, so it uses the
/// node's oldest log between the request's arrival and the answer.
/// </summary>
internal sealed class PreVotesForUpToDateLogs : Check
{
    private readonly PerNode<Dictionary<(NodeId From, long Attempt), Asked>> _asked = new();

    /// <inheritdoc/>
    public override string Name => "pre-votes for up-to-date logs";

    /// <inheritdoc/>
    public override string Source => "dissertation §9.6, Raft §5.4.1";

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is not RequestPreVote request) return;
        var asked = new Asked(request);
        if (receiver.State.IsRunning) asked.See(receiver.State);
        _asked[receiver].TryAdd((sender, request.Attempt), asked);
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var asked = _asked[change.Node];
        if (!change.After.IsRunning) asked.Clear();
        foreach (var a in asked.Values) a.See(change.After);
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not PreVoteGranted granted) return;
        Examine();
        if (!_asked[sender].TryGetValue((receiver, granted.Attempt), out var asked))
            throw Violated($"no attempt {granted.Attempt} of {receiver} reached {sender}", $"{sender} granted it");
        var request = asked.Request;
        if (request.Term < granted.Term)
            throw Violated(
                $"{receiver} asked {sender} for a pre-vote of term {request.Term}",
                $"{sender} granted it in term {granted.Term}");
        if (!asked.IsUpToDate)
            throw Violated(
                $"{receiver} asked {sender} for a pre-vote with a log that ends with entry {request.LastLogIndex} of term "
                + $"{request.LastLogTerm}",
                $"{sender} granted it, and its own log always went at least to "
                    + $"entry {asked.OldestIndex} of term {asked.OldestTerm}");
    }

    private sealed class Asked(RequestPreVote request)
    {
        private bool _isSeen;

        public RequestPreVote Request { get; } = request;

        public Term OldestTerm { get; private set; }

        public LogIndex OldestIndex { get; private set; }

        public bool IsUpToDate =>
            Request.LastLogTerm > OldestTerm || (Request.LastLogTerm == OldestTerm && Request.LastLogIndex >= OldestIndex);

        public void See(NodeState state)
        {
            var isOlder = state.LastTerm < OldestTerm || (state.LastTerm == OldestTerm && state.LastIndex < OldestIndex);
            if (!_isSeen || isOlder) (OldestTerm, OldestIndex) = (state.LastTerm, state.LastIndex);
            _isSeen = true;
        }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Reads;

/// <summary>
/// A node that asks others gives its query a number that none of its former lives used: it would take the answer to a query
/// that it has forgotten for one to its own (decisions 008 and 010). The accident itself needs an answer that outlasts a restart.
/// </summary>
internal sealed class UnusedNumbers : Check
{
    private readonly Dictionary<(NodeId Node, Type Query, long Number), int> _incarnations = [];

    /// <inheritdoc/>
    public override string Name => "unused numbers";

    /// <inheritdoc/>
    public override string Source => "dissertation §6.4, §9.6, hazards 4 and 20";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        switch (rpc)
        {
            case RequestReadIndex request: Compare(sender, request, request.ReadId); break;
            case RequestPreVote request: Compare(sender, request, request.Attempt); break;
        }
    }

    private void Compare(NodeView node, RaftRpc request, long number)
    {
        Examine();
        var now = node.State.Incarnation;
        var key = (node.Id, request.GetType(), number);
        if (_incarnations.TryAdd(key, now) || _incarnations[key] == now) return;
        throw Violated(
            $"{node} gave number {number} to a {request.GetType().Name} after start {_incarnations[key]}",
            $"it gives it to another after start {now}");
    }
}

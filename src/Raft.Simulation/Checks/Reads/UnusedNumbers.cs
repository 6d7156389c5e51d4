using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Reads;

/// <summary>
/// A node that sends a query to other nodes numbers it with a number that none of its previous incarnations used. Otherwise it
/// would take the answer to a forgotten query for an answer to the new one (decisions 008 and 010), if that answer outlasts the
/// restart.
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
            $"it gave it to another one after start {now}");
    }
}

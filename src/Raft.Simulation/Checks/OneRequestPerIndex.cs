using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>An entry is one request's: no two requests are told that they were applied at the same index.</summary>
public sealed class OneRequestPerIndex : Check
{
    /// <inheritdoc/>
    public override string Name => "one request per index";

    /// <inheritdoc/>
    public override string Source => "Raft §8, hazard 20";

    private readonly Dictionary<LogIndex, (NodeId Node, string Client, long Id)> _answered = [];

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not CommandApplied applied) return;
        Examine();
        if (_answered.TryAdd(applied.Index, (node.Id, client, reply.RequestId))) return;
        var first = _answered[applied.Index];
        if (first.Client != client || first.Id != reply.RequestId)
            throw Violated(
                $"{first.Node} told {first.Client} that its request {first.Id} was applied at index {applied.Index}",
                $"{node} told {client} that its request {reply.RequestId} was applied there");
    }
}

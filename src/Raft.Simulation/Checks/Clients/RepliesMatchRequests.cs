using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Clients;

/// <summary>
/// A node answers only requests that it received, and each of them once. "Outcome unknown" does not count as an answer: a node
/// that stops sends it for every request that its state machine may just have answered.
/// </summary>
internal sealed class RepliesMatchRequests : Check
{
    private readonly Dictionary<Request, Count> _counts = [];

    /// <inheritdoc/>
    public override string Name => "replies match requests";

    /// <inheritdoc/>
    public override string Source => "Raft §8, hazard 20";

    /// <inheritdoc/>
    public override void OnRequestsDelivered(
        ClusterView cluster, NodeView node, string client, IReadOnlyList<long> requestIds)
    {
        for (var i = 0; i < requestIds.Count; i++)
        {
            var request = new Request(node.Id, client, requestIds[i]);
            _counts.TryGetValue(request, out var count);
            _counts[request] = count with { Delivered = count.Delivered + 1 };
        }
    }

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        Examine();
        var request = new Request(node.Id, client, reply.RequestId);
        if (!_counts.TryGetValue(request, out var count))
            throw Violated(
                $"request {reply.RequestId} of {client} never reached {node}", $"{node} answered it with {reply.GetType().Name}");
        if (reply is OutcomeUnknown) return;
        if (count.Answered == count.Delivered)
            throw Violated(
                $"request {reply.RequestId} of {client} reached {node} {count.Delivered} times and was answered as often, "
                + $"at last with {count.Last}",
                $"{node} answered it again, with {reply.GetType().Name}");
        _counts[request] = count with { Answered = count.Answered + 1, Last = reply.GetType().Name };
    }

    private readonly record struct Request(NodeId Node, string Client, long Id);

    private readonly record struct Count(int Delivered, int Answered, string? Last);
}

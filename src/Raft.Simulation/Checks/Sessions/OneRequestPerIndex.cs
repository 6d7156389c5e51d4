using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Sessions;

/// <summary>
/// An entry belongs to one command: no two commands are acknowledged with the same index. Two attempts of one command may be.
/// </summary>
internal sealed class OneRequestPerIndex : Check
{
    /// <inheritdoc/>
    public override string Name => "one request per index";

    /// <inheritdoc/>
    public override string Source => "Raft §8, hazard 20";

    private readonly Dictionary<LogIndex, (NodeId Node, string Client, long Id)> _answered = [];
    private readonly CommandNames _names = new();

    /// <inheritdoc/>
    public override void OnProposalsDelivered(
        ClusterView cluster, NodeView node, string client, IReadOnlyList<Proposal> proposals) =>
        _names.Observe(client, proposals);

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not CommandApplied applied) return;
        Examine();
        if (_answered.TryAdd(applied.Index, (node.Id, client, reply.RequestId))) return;
        var first = _answered[applied.Index];
        if (!IsSameCommand((first.Client, first.Id), (client, reply.RequestId)))
            throw Violated(
                $"{first.Node} told {first.Client} that its request {first.Id} was applied at index {applied.Index}",
                $"{node} told {client} that its request {reply.RequestId} was applied there");
    }

    private bool IsSameCommand((string Client, long Id) first, (string Client, long Id) second) =>
        first == second
        || (_names.NameOf(first.Client, first.Id) is { } name && name.Equals(_names.NameOf(second.Client, second.Id)));
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Clients;

/// <summary>
/// At the end of the run, every command that was acknowledged to a client is committed and in the log of every running node: no
/// acknowledged command is lost (Raft §5.4.3, §8).
/// </summary>
internal sealed class AcknowledgedIsKept : Check
{
    private readonly List<Acknowledged> _acknowledged = [];

    /// <inheritdoc/>
    public override string Name => "acknowledged is kept";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.3, §8";

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is CommandApplied applied)
            _acknowledged.Add(new Acknowledged(applied.Index, applied.Term, node.Id, client, reply.RequestId));
    }

    /// <inheritdoc/>
    public override void OnEnd(ClusterView cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            if (!node.State.IsRunning) continue;
            foreach (var acknowledged in _acknowledged) Compare(node, acknowledged);
        }
    }

    private void Compare(NodeView node, Acknowledged acknowledged)
    {
        Examine();
        var (index, term, by, client, id) = acknowledged;
        var fact = $"{by} told {client} that its request {id} was applied as entry {index} of term {term}";
        if (node.Log.TermAt(index) is not { } there)
            throw Violated(fact, $"the log of {node} ends at {node.Log.LastIndex} at the end of the run");
        if (there != term) throw Violated(fact, $"entry {index} of {node} is of term {there} at the end of the run");
        if (node.State.CommitIndex < index)
            throw Violated(fact, $"{node} has committed only up to {node.State.CommitIndex} at the end of the run");
    }

    private readonly record struct Acknowledged(LogIndex Index, Term Term, NodeId By, string Client, long Id);
}

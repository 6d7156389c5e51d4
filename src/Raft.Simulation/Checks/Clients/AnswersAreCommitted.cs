using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Clients;

/// <summary>An answer to a query reflects only what is committed (Raft §8).</summary>
internal sealed class AnswersAreCommitted : Check
{
    private readonly CommittedEntries _committed = new();

    /// <inheritdoc/>
    public override string Name => "answers are committed";

    /// <inheritdoc/>
    public override string Source => "Raft §8";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change) => _committed.Observe(change);

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not QueryAnswered answered) return;
        Examine();
        if (answered.AppliedIndex > _committed.Last)
            throw Violated(
                $"no node has committed more than entry {_committed.Last}",
                $"{node} answered request {reply.RequestId} of {client} from a state of index {answered.AppliedIndex}");
    }
}

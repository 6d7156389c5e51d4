using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Clients;

/// <summary>A command that is acknowledged to a client is committed and on the disks of a majority (Raft §5.3, §8).</summary>
internal sealed class AcknowledgedIsDurable : Check
{
    private readonly CommittedEntries _committed = new();

    /// <inheritdoc/>
    public override string Name => "acknowledged is durable";

    /// <inheritdoc/>
    public override string Source => "Raft §5.3, hazard 21";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change) => _committed.Observe(change);

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not CommandApplied applied) return;
        Examine();
        if (_committed.TermAt(applied.Index) is not { } term)
            throw Violated($"no node has committed more than entry {_committed.Last}", Told(node, client, applied));
        if (term != applied.Term)
            throw Violated(_committed[applied.Index].ToString(), Told(node, client, applied));
        var disks = Disks.Holding(cluster, applied.Index, applied.Term);
        if (disks < cluster.Majority)
            throw Violated(
                $"{disks} of {cluster.VoterCount} disks have entry {applied.Index} of term {applied.Term}",
                Told(node, client, applied));
    }

    private static string Told(NodeView node, string client, CommandApplied applied) =>
        $"{node} told {client} that its request {applied.RequestId} was applied as entry {applied.Index} of term {applied.Term}";
}

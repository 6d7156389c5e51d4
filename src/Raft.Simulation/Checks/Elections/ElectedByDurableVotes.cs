using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A node that becomes leader has votes of a majority on their disks (Raft §5.2). A vote that was superseded by a later term
/// before it was written also counts if it was sent: its voter can't vote in that term again.
/// </summary>
internal sealed class ElectedByDurableVotes : Check
{
    private readonly PerNode<Dictionary<Term, NodeId>> _granted = new();

    /// <inheritdoc/>
    public override string Name => "elected by durable votes";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, hazards 3 and 4";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is VoteGranted) _granted[sender][rpc.Term] = receiver;
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (after is not { IsRunning: true, Role: RaftRole.Leader }) return;
        if (change.IsSameIncarnation && before.Role == RaftRole.Leader && before.Term == after.Term) return;
        Examine();
        var votes = 0;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            if (HasVoted(cluster.Nodes[i], after.Term, change.Node.Id)) votes++;
        }

        if (votes < cluster.Majority)
            throw Violated(
                $"{votes} of {cluster.VoterCount} nodes voted durably for {change.Node} in term {after.Term}",
                $"{change.Node} became leader of term {after.Term}");
    }

    /// <summary>
    /// A vote that was sent before the disk was lost may count: promises of the node after the loss are tracked separately.
    /// </summary>
    private bool HasVoted(NodeView? voter, Term term, NodeId candidate)
    {
        for (; voter is not null; voter = voter.Former)
        {
            if (VoteOf(voter, term) == candidate) return true;
        }

        return false;
    }

    private NodeId? VoteOf(NodeView voter, Term term) =>
        voter.Disk.Votes.TryGetValue(term, out var durable) ? durable
        : voter.Disk.Term > term && _granted[voter].TryGetValue(term, out var told) ? told
        : null;
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A node votes for at most one candidate per term, itself included (Raft §5.2): its vote does not change while it runs, and
/// over all restarts it sends its vote to only one candidate.
/// </summary>
internal sealed class OneVotePerTerm : Check
{
    private readonly PerNode<Dictionary<Term, NodeId>> _told = new();

    /// <inheritdoc/>
    public override string Name => "one vote per term";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, hazards 2 and 5";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning || !change.IsSameIncarnation || before.Term != after.Term) return;
        if (before.VotedFor is not { } vote) return;
        Examine();
        if (after.VotedFor != vote)
            throw Violated(
                $"{change.Node} voted for {vote} in term {after.Term}",
                after.VotedFor is { } other ? $"it voted for {other} in that term too" : "it forgot that vote in that term");
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is VoteGranted) Tell(sender, rpc.Term, receiver);
        else if (rpc is RequestVote) Tell(sender, rpc.Term, sender.Id);
    }

    private void Tell(NodeView voter, Term term, NodeId candidate)
    {
        Examine();
        var told = _told[voter];
        if (!told.TryAdd(term, candidate) && told[term] != candidate)
            throw Violated(
                $"{voter} gave its vote of term {term} to {told[term]}", $"it gave its vote of that term to {candidate} too");
    }
}

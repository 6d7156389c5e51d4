using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.PreVotes;

/// <summary>
/// A pre-vote changes no node: it gives neither the requesting nor the granting node a new term, a vote, or anything on disk
/// (dissertation §9.6). The check can't observe when a node handles a message, so it observes the node's state: the node began
/// its term itself or learned it from a message that is not a pre-vote; the node's vote was requested; and the node writes no
/// term and vote twice.
/// </summary>
internal sealed class PreVotesBindNobody : Check
{
    private readonly PerNode<Memory> _memories = new();

    /// <inheritdoc/>
    public override string Name => "pre-votes bind nobody";

    /// <inheritdoc/>
    public override string Source => "dissertation §9.6";

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is RequestPreVote or RpcRefused) return;

        // An answer to a query from before the disk was lost contains a term that was known then.
        if (rpc is PreVoteGranted && receiver.Former is null) return;
        var memory = _memories[receiver];
        memory.Terms.Add(rpc.Term);
        if (rpc is RequestVote) memory.Asked.Add((rpc.Term, sender));
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning || !change.IsSameIncarnation || after.VotedFor == change.Node.Id) return;
        var memory = _memories[change.Node];
        if (after.Term != before.Term)
        {
            Examine();
            if (!memory.Terms.Contains(after.Term))
                throw Violated(
                    $"no message of term {after.Term} reached {change.Node}, but for pre-votes",
                    $"{change.Node} left term {before.Term} for it");
        }

        if (after.VotedFor is not { } candidate || (after.Term == before.Term && before.VotedFor == candidate)) return;
        Examine();
        if (!memory.Asked.Contains((after.Term, candidate)))
            throw Violated(
                $"no request of {candidate} for a vote of term {after.Term} reached {change.Node}",
                $"{change.Node} voted for {candidate}");
    }

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var memory = _memories[node];
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not TermStarted started) continue;
            Examine();
            if (started == memory.OnDisk)
                throw Violated(
                    $"the disk of {node} had term {started.Term} with {Show(started.VotedFor)}", "the same was written again");
            memory.OnDisk = started;
        }
    }

    private static string Show(NodeId? vote) => vote is { } candidate ? $"a vote for {candidate}" : "no vote";

    private sealed class Memory
    {
        /// <summary>The terms of received messages except pre-votes.</summary>
        public HashSet<Term> Terms { get; } = [];

        /// <summary>The received requests for a vote.</summary>
        public HashSet<(Term Term, NodeId Candidate)> Asked { get; } = [];

        public TermStarted? OnDisk { get; set; }
    }
}

using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.PreVotes;

/// <summary>
/// A pre-vote changes nobody: neither who asks nor who grants gets a new term, a vote, or anything on disk by it (dissertation
/// §9.6). When a node handles a message is not seen. So what it becomes is looked at: its term is one that it began itself or
/// that another message than a pre-vote told it, its vote was asked for, and it writes no term and vote twice.
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

        // The answer to a query from before the disk was lost tells a term that was known then.
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
        /// <summary>Terms of messages that came, but for pre-votes.</summary>
        public HashSet<Term> Terms { get; } = [];

        /// <summary>Requests for a vote that came.</summary>
        public HashSet<(Term Term, NodeId Candidate)> Asked { get; } = [];

        public TermStarted? OnDisk { get; set; }
    }
}

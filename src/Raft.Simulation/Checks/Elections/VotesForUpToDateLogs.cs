using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A node votes only for a candidate whose log is at least as up to date as its own (Raft §5.4.1) at the time of its decision.
/// When it sends the vote, once it is durable, its log may have grown.
/// </summary>
internal sealed class VotesForUpToDateLogs : Check
{
    private readonly PerNode<Dictionary<Term, RequestVote>> _asked = new();

    /// <inheritdoc/>
    public override string Name => "votes for up-to-date logs";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.1, hazard 6";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is RequestVote request) _asked[sender][rpc.Term] = request;
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning || !change.IsSameIncarnation) return;
        if (after.VotedFor is not { } candidate || candidate == change.Node.Id) return;
        if (before.Term == after.Term && before.VotedFor == candidate) return;
        Examine();
        if (Asked(cluster[candidate], after.Term) is not { } request)
            throw Violated(
                $"{candidate} sent no request for a vote of term {after.Term}",
                $"{change.Node} voted for {candidate} in term {after.Term}");

        // Entries that remain after the step were in the log when the node voted, whatever else the step did.
        var last = change.FirstChanged is { } changed ? LogIndex.Min(before.LastIndex, changed.Previous()) : before.LastIndex;
        var lastTerm = change.Node.Log.TermAt(last) ?? Term.Zero;
        if (request.LastLogTerm > lastTerm || (request.LastLogTerm == lastTerm && request.LastLogIndex >= last)) return;
        throw Violated(
            $"the log of {change.Node} had entry {last} of term {lastTerm}",
            $"it voted in term {after.Term} for {candidate}, whose log ends with entry {request.LastLogIndex} of term "
            + request.LastLogTerm);
    }

    /// <summary>A request may still be in flight when its sender loses its disk.</summary>
    private RequestVote? Asked(NodeView? candidate, Term term)
    {
        for (; candidate is not null; candidate = candidate.Former)
        {
            if (_asked[candidate].TryGetValue(term, out var request)) return request;
        }

        return null;
    }
}

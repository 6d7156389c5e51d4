using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.PreVotes;

/// <summary>
/// A node campaigns only when a majority would elect it: itself and the nodes that granted one pre-vote of the previous term
/// which it requested in its current incarnation (dissertation §9.6). The exception is a campaign that its leader asked for
/// (§3.10); then its vote requests say so.
/// </summary>
internal sealed class CampaignsWithPreVotes : Check
{
    private readonly PerNode<Memory> _memories = new();

    /// <inheritdoc/>
    public override string Name => "campaigns with pre-votes";

    /// <inheritdoc/>
    public override string Source => "dissertation §3.10, §9.6, hazard 14";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        var memory = _memories[sender];
        if (rpc is RequestPreVote request) memory.Attempts.TryAdd(request.Attempt, new Attempt(request.Term));
        if (rpc is not RequestVote { IsTransfer: true }) return;
        Examine();
        if (!memory.TimeoutsNow.Contains(new Term(rpc.Term.Value - 1)))
            throw Violated(
                $"no leader of term {rpc.Term.Value - 1} told {sender} to take over",
                $"{sender} asked {receiver} for a vote of term {rpc.Term} as the target of a transfer");
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var memory = _memories[receiver];
        if (rpc is TimeoutNow) memory.TimeoutsNow.Add(rpc.Term);
        else if (rpc is PreVoteGranted granted && memory.Attempts.TryGetValue(granted.Attempt, out var attempt))
            attempt.Granted.Add(sender);
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var memory = _memories[change.Node];
        if (!change.After.IsRunning && change.Before.IsRunning)
        {
            memory.TimeoutsNow.Clear();
            memory.Attempts.Clear();
        }

        if (cluster.Settings.IsPreVoteOn && Campaigns.IsCampaign(change)) Compare(cluster, change, memory);
    }

    private void Compare(ClusterView cluster, NodeChange change, Memory memory)
    {
        Examine();
        var term = change.After.Term;
        if (Campaigns.IsAsked(memory.TimeoutsNow, change.After)) return;
        var most = 1;
        foreach (var attempt in memory.Attempts.Values)
        {
            if (attempt.Term.Next() == term) most = Math.Max(most, attempt.Granted.Count + 1);
        }

        if (most < cluster.Majority)
            throw Violated(
                $"{most} of {cluster.VoterCount} nodes granted {change.Node} a pre-vote of term {term.Value - 1}, itself counted",
                $"{change.Node} became candidate of term {term}");
    }

    private sealed class Memory
    {
        public HashSet<Term> TimeoutsNow { get; } = [];

        public Dictionary<long, Attempt> Attempts { get; } = [];
    }

    private sealed class Attempt(Term term)
    {
        public Term Term { get; } = term;

        public HashSet<NodeId> Granted { get; } = [];
    }
}

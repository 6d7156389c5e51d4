using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Leadership;

/// <summary>
/// A leader that a majority hears is not deposed by the others: as long as the majority, the leader counted, answers its
/// appends with no gap above half an election timeout, nobody begins a campaign of a newer term (dissertation §4.2.3, §9.6).
/// Half a timeout, since clocks may run up to a tenth too fast. What counts is the time from the pre-vote's query to the
/// campaign: what was granted before the majority heard the leader may come late. A leader that handed over asked for it.
/// </summary>
internal sealed class LeadersStay : Check
{
    private readonly AppendRounds _rounds = new();
    private readonly PerNode<Memory> _memories = new();
    private readonly HashSet<Term> _handedOver = [];

    /// <inheritdoc/>
    public override string Name => "leaders stay";

    /// <inheritdoc/>
    public override string Source => "dissertation §4.2.3, §9.6, hazard 14";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        switch (rpc)
        {
            case AppendEntries or InstallSnapshot: _rounds.OnSent(rpc, cluster.Now); break;
            case TimeoutNow: _handedOver.Add(rpc.Term); break;
            case RequestPreVote request: _memories[sender].Asked(request, sender.State.Incarnation, cluster.Now); break;
            case AppendAccepted or AppendRejected or SnapshotReceived
                when _rounds.BeginOf(rpc) is { } begin && rpc.Term >= sender.State.Term:
                _memories[sender].Heard(rpc.Term, begin + (cluster.Settings.ElectionTimeoutMin / 2), cluster.Now);
                break;
        }
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning) return;
        var memory = _memories[change.Node];
        if (after.Term > memory.HeardTerm) memory.HeardUntil = TimeSpan.Zero;
        if (after.Role == RaftRole.Leader
            && (before.Role != RaftRole.Leader || before.Term != after.Term || !change.IsSameIncarnation))
            memory.LeadsSince = cluster.Now;
        if (cluster.Settings.IsPreVoteOn && Campaigns.IsCampaign(change)) Compare(cluster, change.Node, memory);
    }

    private void Compare(ClusterView cluster, NodeView candidate, Memory memory)
    {
        var begin = memory.AskedSince(candidate.State) ?? cluster.Now;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            var leader = cluster.Nodes[i];
            if (leader.State is not { IsRunning: true, Role: RaftRole.Leader } || leader.State.Term >= candidate.State.Term)
                continue;
            if (_memories[leader].LeadsSince > begin || _handedOver.Contains(leader.State.Term)) continue;
            Examine();
            var hearers = Hearers(cluster, leader, candidate, begin);
            if (hearers + 1 >= cluster.Majority)
                throw Violated(
                    $"{hearers} other nodes answered {leader}, the leader of term {leader.State.Term}, "
                        + $"without a gap from {begin} on",
                    $"{candidate} began a campaign of term {candidate.State.Term} at {cluster.Now}");
        }
    }

    /// <summary>Nodes but these two that answered the leader in time all the while.</summary>
    private int Hearers(ClusterView cluster, NodeView leader, NodeView candidate, TimeSpan begin)
    {
        var count = 0;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            var node = cluster.Nodes[i];
            if (node == leader || node == candidate) continue;
            var memory = _memories[node];
            if (memory.HeardTerm == leader.State.Term && memory.HeardSince <= begin && memory.HeardUntil >= cluster.Now) count++;
        }

        return count;
    }

    private sealed class Memory
    {
        private (int Incarnation, Term Term, long Number, TimeSpan At) _attempt;

        public TimeSpan LeadsSince { get; set; }

        public Term HeardTerm { get; private set; }

        public TimeSpan HeardSince { get; private set; }

        public TimeSpan HeardUntil { get; set; }

        public void Heard(Term term, TimeSpan until, TimeSpan now)
        {
            if (term != HeardTerm || now > HeardUntil) (HeardTerm, HeardSince, HeardUntil) = (term, now, until);
            else if (until > HeardUntil) HeardUntil = until;
        }

        public void Asked(RequestPreVote request, int incarnation, TimeSpan now)
        {
            if (_attempt.Incarnation != incarnation || _attempt.Number != request.Attempt)
                _attempt = (incarnation, request.Term, request.Attempt, now);
        }

        /// <summary>When the pre-vote began that led to this candidacy; null where there was none.</summary>
        public TimeSpan? AskedSince(NodeState candidate) =>
            _attempt.Incarnation == candidate.Incarnation && _attempt.Term.Next() == candidate.Term ? _attempt.At : null;
    }
}

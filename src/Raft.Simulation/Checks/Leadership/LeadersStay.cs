using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Leadership;

/// <summary>
/// The other nodes do not depose a leader that a majority hears: as long as a majority, which includes the leader, answers its
/// appends with no gap longer than half an election timeout, no node starts a campaign of a newer term (dissertation §4.2.3,
/// §9.6). The limit is half a timeout because clocks may run up to a tenth too fast. The check considers the time from the
/// pre-vote request to the campaign, because a grant from before the majority heard the leader may arrive late. A leader that
/// transfers its leadership is exempt.
/// </summary>
internal sealed class LeadersStay : Check
{
    private readonly AppendRounds _rounds = new();
    private readonly PerNode<Memory> _memories = new();
    private readonly HashSet<Term> _transferred = [];

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
            case TimeoutNow: _transferred.Add(rpc.Term); break;
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
            if (_memories[leader].LeadsSince > begin || _transferred.Contains(leader.State.Term)) continue;
            Examine();
            var hearers = Hearers(cluster, leader, candidate, begin);
            if (hearers + 1 >= cluster.Majority)
                throw Violated(
                    $"{hearers} other nodes answered {leader}, the leader of term {leader.State.Term}, "
                        + $"without a gap from {begin} on",
                    $"{candidate} began a campaign of term {candidate.State.Term} at {cluster.Now}");
        }
    }

    /// <summary>Counts the nodes, without these two, that answered the leader in time throughout.</summary>
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

        /// <summary>When the pre-vote that led to this candidacy began; null if there was none.</summary>
        public TimeSpan? AskedSince(NodeState candidate) =>
            _attempt.Incarnation == candidate.Incarnation && _attempt.Term.Next() == candidate.Term ? _attempt.At : null;
    }
}

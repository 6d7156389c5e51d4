using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A voter denies a vote or pre-vote because of the candidate's log only if its own log is newer (Raft §5.4.1), and because of
/// a known leader only if it leads itself, or knew a leader or started within the shortest election timeout (dissertation
/// §4.2.3). Otherwise nodes could block each other forever. The check can't observe when the voter decides, so it uses the
/// voter's newest log between the request's arrival and the denial.
/// </summary>
internal sealed class VoteDenialsAreJustified : Check
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly PerNode<Voter> _voters = new();

    /// <inheritdoc/>
    public override string Name => "vote denials are justified";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.1, dissertation §4.2.3, hazard 6";

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var asked = rpc switch
        {
            RequestVote m => new Asked(m, Attempt: null, m.LastLogIndex, m.LastLogTerm, cluster.Now),
            RequestPreVote m => new Asked(m, m.Attempt, m.LastLogIndex, m.LastLogTerm, cluster.Now),
            _ => null,
        };
        if (asked is null) return;
        if (receiver.State.IsRunning) asked.Update(receiver.State);
        _voters[receiver].Asked.Add(asked);
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var state = change.After;
        var voter = _voters[change.Node];
        voter.SlowestRate = Math.Min(voter.SlowestRate, change.Node.ClockRate);
        if (!change.IsSameIncarnation || change.Before.Leader is not null || state.Leader is not null)
            voter.KnewUntil = cluster.Now;
        if (voter.Asked.Count == 0) return;
        if (!state.IsRunning) voter.Asked.Clear();
        foreach (var asked in voter.Asked) asked.Update(state);
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        var (reason, attempt) = rpc switch
        {
            VoteDenied m => (m.Reason, null),
            PreVoteDenied m => (m.Reason, m.Attempt),
            VoteGranted => (null, null),
            PreVoteGranted m => (null, m.Attempt),
            _ => (default(VoteDenial?), default(long?)),
        };
        if (rpc is not (VoteDenied or PreVoteDenied or VoteGranted or PreVoteGranted)) return;
        var voter = _voters[sender];
        voter.SlowestRate = Math.Min(voter.SlowestRate, sender.ClockRate);
        if (reason == VoteDenial.LogNotUpToDate) CompareLog(sender, receiver, rpc, attempt, voter);
        if (voter.Asked.Find(a => a.Rpc.From == receiver && a.Attempt == attempt) is not { } oldest) return;

        // Answers arrive in the order of the requests.
        if (reason == VoteDenial.LeaderIsKnown) CompareLeader(cluster, sender, receiver, voter, oldest);
        voter.Asked.Remove(oldest);
    }

    private void CompareLog(NodeView node, NodeId candidate, RaftRpc denied, long? attempt, Voter voter)
    {
        foreach (var asked in voter.Asked)
        {
            if (asked.Rpc.From != candidate || asked.Attempt != attempt) continue;
            if (attempt is null && asked.Rpc.Term != denied.Term) continue;
            Examine();
            if (!asked.IsUpToDate) continue;
            throw Violated(
                $"{candidate} asked {node} for its {asked.What} in term {asked.Rpc.Term} with a log that ends with entry "
                + $"{asked.LastLogIndex} of term {asked.LastLogTerm}",
                $"{node} refused it as not up to date, and its own log never went beyond entry {asked.NewestIndex} of term "
                + asked.NewestTerm);
        }
    }

    private void CompareLeader(ClusterView cluster, NodeView node, NodeId candidate, Voter voter, Asked asked)
    {
        Examine();
        if (node.State.Leader is not null) return;
        var most = cluster.Settings.ElectionTimeoutMin / voter.SlowestRate;
        if (asked.At - voter.KnewUntil > most + Tolerance)
            throw Violated(
                $"{node} knew of no leader, and did not start, since {voter.KnewUntil}",
                $"it refused {candidate} the {asked.What} that it was asked for at {asked.At}, since it hears a leader");
    }

    private sealed class Voter
    {
        public List<Asked> Asked { get; } = [];

        public double SlowestRate { get; set; } = 1;

        /// <summary>When the voter last knew a leader, or started.</summary>
        public TimeSpan KnewUntil { get; set; }
    }

    /// <param name="Rpc">The request.</param>
    /// <param name="Attempt">The attempt of a pre-vote; null for a vote.</param>
    /// <param name="LastLogIndex">The candidate's last index.</param>
    /// <param name="LastLogTerm">The term of that entry.</param>
    /// <param name="At">When it arrived.</param>
    private sealed record Asked(RaftRpc Rpc, long? Attempt, LogIndex LastLogIndex, Term LastLogTerm, TimeSpan At)
    {
        public string What => Attempt is null ? "vote" : "pre-vote";

        public Term NewestTerm { get; private set; }

        public LogIndex NewestIndex { get; private set; }

        /// <summary>Whether the candidate's log is at least as up to date as the voter's newest one.</summary>
        public bool IsUpToDate =>
            LastLogTerm > NewestTerm || (LastLogTerm == NewestTerm && LastLogIndex >= NewestIndex);

        public void Update(NodeState state)
        {
            if (state.LastTerm > NewestTerm || (state.LastTerm == NewestTerm && state.LastIndex > NewestIndex))
                (NewestTerm, NewestIndex) = (state.LastTerm, state.LastIndex);
        }
    }
}

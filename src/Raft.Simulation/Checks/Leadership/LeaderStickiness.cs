using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Leadership;

/// <summary>
/// A node that leads, or heard its leader less than the shortest election timeout ago by its own clock, neither grants
/// pre-votes nor votes in a newer term, unless the leader transfers its leadership (dissertation §4.2.3). A node that has just
/// started can't know which leader it heard, and waits for the same time. Leases depend on this (§6.4.1). The check can't
/// observe when a node handles an append. The answer shows that it has done so, after the round began.
/// </summary>
internal sealed class LeaderStickiness : Check
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly AppendRounds _rounds = new();
    private readonly PerNode<Memory> _memories = new();

    /// <inheritdoc/>
    public override string Name => "leader stickiness";

    /// <inheritdoc/>
    public override string Source => "dissertation §4.2.3, §6.4.1, hazards 13 and 14";

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var memory = _memories[receiver];
        memory.FastestRate = Math.Max(memory.FastestRate, receiver.ClockRate);
        if (rpc is RequestPreVote request) memory.AskedAt.TryAdd((sender, request.Attempt), cluster.Now);
        else if (rpc is RequestVote { IsTransfer: true }) memory.Transfers.Add((rpc.Term, sender));
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (!cluster.Settings.IsPreVoteOn) return;
        var memory = _memories[sender];
        memory.FastestRate = Math.Max(memory.FastestRate, sender.ClockRate);
        if (rpc is AppendEntries or InstallSnapshot) _rounds.OnSent(rpc, cluster.Now);
        else if (_rounds.BeginOf(rpc) is { } begin && rpc.Term >= sender.State.Term)
            memory.Heard(sender, receiver, rpc.Term, begin, cluster.Now);
        else if (rpc is PreVoteGranted granted) OnGranted(cluster, sender, receiver, granted, memory);
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!after.IsRunning || !cluster.Settings.IsPreVoteOn) return;
        var memory = _memories[change.Node];
        memory.FastestRate = Math.Max(memory.FastestRate, change.Node.ClockRate);
        if (after.Role == RaftRole.Leader && (before.Role != RaftRole.Leader || !change.IsSameIncarnation))
            memory.LeadsSince = cluster.Now;
        if (!change.IsSameIncarnation) memory.StartedAt = cluster.Now;
        if (!change.IsSameIncarnation || after.Term == before.Term) return;
        if (after.VotedFor is not { } candidate || candidate == change.Node.Id) return;
        if (memory.Transfers.Contains((after.Term, candidate))) return;
        Examine();
        var vote = $"it voted for {candidate} in term {after.Term} at {cluster.Now}";
        if (before.Role == RaftRole.Leader) throw Violated($"{change.Node} led term {before.Term}", vote);
        if (memory.HasJustStarted(cluster)) throw Violated($"{change.Node} started at {memory.StartedAt}", vote);
        if (memory.IsSticky(cluster, before)) throw Violated(memory.Fact(change.Node), vote);
    }

    private void OnGranted(ClusterView cluster, NodeView sender, NodeId receiver, PreVoteGranted granted, Memory memory)
    {
        if (!memory.AskedAt.TryGetValue((receiver, granted.Attempt), out var askedAt)) return;
        Examine();
        var grant = $"it granted {receiver} a pre-vote at {cluster.Now} that it was asked for at {askedAt}";
        if (sender.State.Role == RaftRole.Leader && memory.LeadsSince <= askedAt)
            throw Violated($"{sender} led term {sender.State.Term} since {memory.LeadsSince}", grant);
        if (memory.HasJustStarted(cluster)) throw Violated($"{sender} started at {memory.StartedAt}", grant);
        if (askedAt > memory.AnsweredAt && memory.IsSticky(cluster, sender.State)) throw Violated(memory.Fact(sender), grant);
    }

    private sealed class Memory
    {
        private TimeSpan? _heardAt;
        private Term _term;
        private NodeId _leader;
        private int _incarnation;

        public double FastestRate { get; set; } = 1;

        public TimeSpan LeadsSince { get; set; }

        public TimeSpan StartedAt { get; set; }

        /// <summary>When each pre-vote request first arrived.</summary>
        public Dictionary<(NodeId From, long Attempt), TimeSpan> AskedAt { get; } = [];

        /// <summary>Vote requests that arrived from candidates to which the leader transfers its leadership.</summary>
        public HashSet<(Term Term, NodeId Candidate)> Transfers { get; } = [];

        /// <summary>When it became known that the leader was heard.</summary>
        public TimeSpan AnsweredAt { get; private set; }

        public void Heard(NodeView node, NodeId leader, Term term, TimeSpan begin, TimeSpan now)
        {
            if (_heardAt >= begin) return;
            (_heardAt, _leader, _term, _incarnation, AnsweredAt) = (begin, leader, term, node.State.Incarnation, now);
        }

        /// <summary>Whether the node may have heard a leader just before it started, which it can't know.</summary>
        public bool HasJustStarted(ClusterView cluster) =>
            cluster.Now + Tolerance < StartedAt + (cluster.Settings.ElectionTimeoutMin / FastestRate);

        /// <summary>Whether the node must be sticky in this state. In a new term it has rightly forgotten its leader.</summary>
        public bool IsSticky(ClusterView cluster, NodeState state)
        {
            if (_heardAt is not { } heardAt) return false;
            if (cluster.Now + Tolerance >= heardAt + (cluster.Settings.ElectionTimeoutMin / FastestRate)) return false;
            return state.Incarnation != _incarnation || (state.Term == _term && state.Leader is not null);
        }

        public string Fact(NodeView node) =>
            $"{node} answered at {AnsweredAt} what {_leader}, the leader of term {_term}, sent it at {_heardAt} or later";
    }
}

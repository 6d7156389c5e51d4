using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Leadership;

/// <summary>
/// A leader that no majority answers, or whose disk writes nothing, steps down (dissertation §6.2): twice the longest election
/// timeout after the last answer or write it no longer acts as leader. While the journal deletes, it need not write. A paused
/// process can't know the time, so for a node that sent nothing for longer than two heartbeats, the time starts again.
/// </summary>
internal sealed class LeadersWithoutQuorumStepDown : Check
{
    private readonly PerNode<Office> _offices = new();

    /// <inheritdoc/>
    public override string Name => "leaders without quorum step down";

    /// <inheritdoc/>
    public override string Source => "dissertation §6.2, hazard 22";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        if (change.After is not { IsRunning: true, Role: RaftRole.Leader } after) return;
        var office = _offices[change.Node];
        office.SlowestRate = Math.Min(office.SlowestRate, change.Node.ClockRate);
        if (office.Incarnation != after.Incarnation || office.Term != after.Term)
        {
            (office.Incarnation, office.Term) = (after.Incarnation, after.Term);
            office.Answers.Clear();
            office.Since = office.LastSent = cluster.Now;
            office.UnwrittenSince = null;
        }

        if (after.DurableIndex >= after.LastIndex || after.IsDeleting) office.UnwrittenSince = null;
        else office.UnwrittenSince ??= cluster.Now;
    }

    /// <summary>When a write completes, the next one begins.</summary>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<Actors.Events.RaftEvent> events)
    {
        var office = _offices[node];
        if (office.UnwrittenSince is not null) office.UnwrittenSince = cluster.Now;
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is not (AppendAccepted or AppendRejected or SnapshotReceived)) return;
        var office = _offices[receiver];
        if (office.Term == rpc.Term) office.Answers[sender] = cluster.Now;
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not AppendEntries || !cluster.Settings.IsCheckQuorumOn) return;
        var office = _offices[sender];
        if (office.Incarnation != sender.State.Incarnation || office.Term != rpc.Term) return;
        office.SlowestRate = Math.Min(office.SlowestRate, sender.ClockRate);
        var heartbeat = cluster.Settings.HeartbeatInterval / office.SlowestRate;
        if (cluster.Now - office.LastSent > 2 * heartbeat) office.Since = cluster.Now;
        office.LastSent = cluster.Now;
        Compare(cluster, sender, office, heartbeat);
    }

    private void Compare(ClusterView cluster, NodeView leader, Office office, TimeSpan heartbeat)
    {
        Examine();
        var most = (2 * cluster.Settings.ElectionTimeoutMax / office.SlowestRate) + heartbeat;
        var answered = office.AnsweredByMajority(cluster);
        if (cluster.Now - Later(answered, office.Since) > most)
            throw Violated(
                $"no majority answered {leader} in term {office.Term} since {answered}",
                $"it still sent entries as leader at {cluster.Now}");
        if (office.UnwrittenSince is { } unwritten && cluster.Now - Later(unwritten, office.Since) > most)
            throw Violated(
                $"the disk of {leader} wrote nothing since {unwritten}, and had to",
                $"it still sent entries as leader of term {office.Term} at {cluster.Now}");
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Office
    {
        public int Incarnation { get; set; }

        public Term Term { get; set; }

        public double SlowestRate { get; set; } = 1;

        /// <summary>When the node became leader, or resumed.</summary>
        public TimeSpan Since { get; set; }

        public TimeSpan LastSent { get; set; }

        /// <summary>
        /// The latest time at which the write that the leader waits for can have begun; null if it waits for none.
        /// </summary>
        public TimeSpan? UnwrittenSince { get; set; }

        /// <summary>When each follower's last answer arrived.</summary>
        public Dictionary<NodeId, TimeSpan> Answers { get; } = [];

        /// <summary>The time since which a majority, which includes the leader, has answered.</summary>
        public TimeSpan AnsweredByMajority(ClusterView cluster)
        {
            var needed = cluster.Majority - 1;
            if (needed == 0) return cluster.Now;
            if (Answers.Count < needed) return TimeSpan.Zero;
            return Answers.Values.OrderDescending().ElementAt(needed - 1);
        }
    }
}

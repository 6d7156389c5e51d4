using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Reads;

/// <summary>
/// A node that answers a query has confirmed that it may (Raft §8, dissertation §6.4). A leader has committed an entry of its
/// own term, and a majority answered a round of heartbeats that began after the query arrived; or the leader has a lease from
/// such a round and has asked no node to take over in this term (§6.4.1). A follower has applied up to the index that a leader,
/// confirmed in this way, granted it. An answer without confirmation may be right by chance, so <see cref="ReadsAreFresh"/>
/// seldom detects it.
/// </summary>
internal sealed class ReadsAreConfirmed : Check
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly AppendRounds _rounds = new();
    private readonly PerNode<Memory> _memories = new();
    private readonly Dictionary<(NodeId Node, string Client, long Id), (ReadConsistency Consistency, TimeSpan At)> _asked = [];
    private readonly Dictionary<(NodeId Follower, Term Term, long ReadId), TimeSpan> _granted = [];
    private readonly Dictionary<Term, TimeSpan> _transferred = [];

    /// <inheritdoc/>
    public override string Name => "reads are confirmed";

    /// <inheritdoc/>
    public override string Source => "Raft §8, dissertation §6.4, §6.4.1, hazards 12 and 13";

    /// <inheritdoc/>
    public override void OnQueriesDelivered(ClusterView cluster, NodeView node, string client, ClientQuery request)
    {
        if (request.Consistency == ReadConsistency.Stale) return;
        _memories[node].Observe(node);
        foreach (var query in request.Queries)
            _asked.TryAdd((node.Id, client, query.RequestId), (request.Consistency, cluster.Now));
    }

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (node, after) = (change.Node, change.After);
        if (after is not { IsRunning: true, Role: RaftRole.Leader } || after.CommitIndex == change.Before.CommitIndex) return;
        var memory = _memories[node];
        if (memory.Ready < after.Term && node.Log.TermAt(after.CommitIndex) == after.Term) memory.Ready = after.Term;
    }

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        switch (rpc)
        {
            case AppendEntries or InstallSnapshot: _rounds.OnSent(rpc, cluster.Now); break;
            case TimeoutNow: _transferred.TryAdd(rpc.Term, cluster.Now); break;
            case ReadIndexGranted granted:
                var key = (receiver, granted.Term, granted.ReadId);
                var confirmed = _memories[sender].ConfirmedSince(granted.Term, cluster);
                if (!_granted.TryGetValue(key, out var known) || known < confirmed) _granted[key] = confirmed;
                break;
        }
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var memory = _memories[receiver];
        memory.Observe(receiver);
        if (rpc is ReadIndexGranted granted && _granted.TryGetValue((receiver.Id, rpc.Term, granted.ReadId), out var confirmed))
            memory.Take(granted.Index, confirmed);
        else if (_rounds.BeginOf(rpc) is { } begin)
            memory.Answered(sender, rpc.Term, begin);
    }

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not QueryAnswered answered) return;
        if (!_asked.TryGetValue((node.Id, client, reply.RequestId), out var asked)) return;
        Examine();
        var memory = _memories[node];
        memory.Observe(node);
        if (memory.IsConfirmed(cluster, asked.At)) return;
        if (asked.Consistency == ReadConsistency.Lease && HasLease(cluster, memory, asked.At)) return;
        if (asked.Consistency == ReadConsistency.Follower && memory.IsGranted(answered.AppliedIndex, asked.At)) return;
        throw Violated(
            $"request {reply.RequestId} of {client} reached {node} at {asked.At}, and no majority has confirmed since that "
            + (asked.Consistency == ReadConsistency.Lease
                ? "it leads, nor is there a lease"
                : "it, or the leader that granted it an index, leads"),
            $"{node} answered this {asked.Consistency} query at {cluster.Now} from a state of index {answered.AppliedIndex}");
    }

    /// <summary>
    /// Whether the leader had a lease when the query arrived, by its clock at the slowest rate that the clock had.
    /// </summary>
    private bool HasLease(ClusterView cluster, Memory memory, TimeSpan at)
    {
        var drift = cluster.Settings.MaxClockDrift;
        var lease = cluster.Settings.ElectionTimeoutMin * ((1 - drift) / (1 + drift) / memory.SlowestRate);
        var begin = memory.ConfirmedSince(memory.Ready, cluster);
        return at - begin < lease + Tolerance && !(_transferred.TryGetValue(memory.Ready, out var sent) && sent < at);
    }

    private sealed class Memory
    {
        /// <summary>The number of grants that are kept: a query waits for one of the next.</summary>
        private const int MaxGrants = 256;

        private static readonly TimeSpan Never = -TimeSpan.FromDays(1000);

        private readonly Dictionary<NodeId, TimeSpan> _answered = [];
        private readonly Queue<(LogIndex Index, TimeSpan Confirmed)> _grants = new();
        private Term _term;

        public double SlowestRate { get; private set; } = 1;

        /// <summary>The newest term in which the node led and committed an entry of that term.</summary>
        public Term Ready { get; set; }

        public void Observe(NodeView node) => SlowestRate = Math.Min(SlowestRate, node.ClockRate);

        public void Answered(NodeId follower, Term term, TimeSpan begin)
        {
            if (term < _term) return;
            if (term > _term)
            {
                _term = term;
                _answered.Clear();
            }

            if (!_answered.TryGetValue(follower, out var known) || known < begin) _answered[follower] = begin;
        }

        public void Take(LogIndex index, TimeSpan confirmed)
        {
            _grants.Enqueue((index, confirmed));
            if (_grants.Count > MaxGrants) _grants.Dequeue();
        }

        /// <summary>
        /// When the newest round of this term that a majority, which includes the leader, answered began; long ago if there is
        /// none.
        /// </summary>
        public TimeSpan ConfirmedSince(Term term, ClusterView cluster)
        {
            if (term != Ready) return Never;
            var needed = cluster.Majority - 1;
            if (needed == 0) return cluster.Now;
            return term != _term || _answered.Count < needed ? Never : _answered.Values.OrderDescending().ElementAt(needed - 1);
        }

        /// <summary>Whether a round that began at this time or later confirmed the node as leader.</summary>
        public bool IsConfirmed(ClusterView cluster, TimeSpan at) => ConfirmedSince(Ready, cluster) >= at;

        public bool IsGranted(LogIndex applied, TimeSpan at)
        {
            foreach (var (index, confirmed) in _grants)
            {
                if (confirmed >= at && index <= applied) return true;
            }

            return false;
        }
    }
}

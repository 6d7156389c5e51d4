using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A node becomes a candidate, or requests pre-votes, only after it has heard neither a leader nor a candidate that it votes
/// for during the shortest election timeout by its own clock (Raft §5.2), or when its leader tells it to take over
/// (dissertation §3.10). The check can't observe when a node handles a message. An answer or a change of state shows that it
/// has done so, after the message arrived.
/// </summary>
internal sealed class CampaignsNotEarly : Check
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly PerNode<Waiting> _waitings = new();

    /// <inheritdoc/>
    public override string Name => "campaigns not early";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, hazards 5 and 8";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var waiting = _waitings[change.Node];
        if (!change.After.IsRunning)
        {
            if (!change.Before.IsRunning) return;
            waiting.Unanswered.Clear();
            waiting.TimeoutsNow.Clear();
            return;
        }

        waiting.FastestRate = Math.Max(waiting.FastestRate, change.Node.ClockRate);
        if (Campaigns.IsCampaign(change) && !Campaigns.IsAsked(waiting.TimeoutsNow, change.After))
            Compare(cluster, change.Node, waiting, $"it became candidate of term {change.After.Term}");
        if (IsReset(change)) (waiting.Since, waiting.Why) = (cluster.Now, Reason(change));
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        var waiting = _waitings[receiver];
        if (rpc is TimeoutNow) waiting.TimeoutsNow.Add(rpc.Term);
        if (rpc is not (AppendEntries or InstallSnapshot)) return;
        waiting.FastestRate = Math.Max(waiting.FastestRate, receiver.ClockRate);
        waiting.Unanswered.Enqueue((rpc.Term, cluster.Now));
    }

    /// <summary>
    /// A node handles messages in the order of their arrival and answers each once. So after n answers it has handled at least
    /// n messages.
    /// </summary>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not (AppendAccepted or AppendRejected or SnapshotReceived or RequestPreVote)) return;
        var waiting = _waitings[sender];
        waiting.FastestRate = Math.Max(waiting.FastestRate, sender.ClockRate);
        if (rpc is RequestPreVote request)
        {
            if (request.Attempt != waiting.Attempt)
                Compare(cluster, sender, waiting, $"it asked for pre-votes of term {rpc.Term}");
            waiting.Attempt = request.Attempt;
            return;
        }

        while (waiting.Unanswered.TryPeek(out var oldest) && oldest.Term <= rpc.Term)
        {
            waiting.Unanswered.Dequeue();
            if (oldest.Term < rpc.Term) continue;
            if (oldest.At > waiting.Since) (waiting.Since, waiting.Why) = (oldest.At, "heard the leader");
            return;
        }
    }

    private static bool IsReset(NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        if (!change.IsSameIncarnation) return true;
        if (Campaigns.IsCampaign(change)) return true;
        return after.Role == RaftRole.Follower
            && (before.Role == RaftRole.Leader || EndedCandidacy(change) || HeardLeader(change) || Voted(change));
    }

    /// <summary>A node that starts a pre-vote is a follower of the same term whose timeout has passed.</summary>
    private static bool EndedCandidacy(NodeChange change) =>
        change.Before.Role == RaftRole.Candidate && change.Before.Term != change.After.Term;

    private static bool HeardLeader(NodeChange change) =>
        (!IsInstallation(change) && (change.FirstChanged is not null || change.After.CommitIndex > change.Before.CommitIndex))
        || (change.After.Leader is not null
            && (change.Before.Leader != change.After.Leader || change.Before.Term != change.After.Term));

    /// <summary>
    /// A leader's snapshot replaces the log once it is on disk, whether or not the leader is heard at that moment.
    /// </summary>
    private static bool IsInstallation(NodeChange change) =>
        change.FirstChanged is not null && change.After.StartIndex > change.Before.StartIndex;

    private static bool Voted(NodeChange change) =>
        change.After.VotedFor is { } candidate && candidate != change.Node.Id
        && (change.Before.VotedFor != candidate || change.Before.Term != change.After.Term);

    private static string Reason(NodeChange change) =>
        !change.IsSameIncarnation ? "started"
        : Campaigns.IsCampaign(change) ? "campaigned"
        : change.Before.Role != RaftRole.Follower ? "became follower"
        : HeardLeader(change) ? "heard the leader"
        : "voted";

    private void Compare(ClusterView cluster, NodeView node, Waiting waiting, string what)
    {
        Examine();
        var waited = cluster.Now - waiting.Since;
        var shortest = cluster.Settings.ElectionTimeoutMin;
        if (node.Preference == LeadershipPreference.Avoid) shortest += cluster.Settings.ElectionTimeoutMax;
        var least = shortest / waiting.FastestRate;
        if (waited + Tolerance < least)
            throw Violated(
                $"{node} {waiting.Why} at {waiting.Since}",
                $"{what} at {cluster.Now}, after {waited.TotalMilliseconds} ms, and its election timeout is at least "
                + $"{least.TotalMilliseconds} ms of true time");
    }

    private sealed class Waiting
    {
        public TimeSpan Since { get; set; }

        public string Why { get; set; } = "started";

        public double FastestRate { get; set; } = 1;

        /// <summary>The terms in which a leader told the node to take over.</summary>
        public HashSet<Term> TimeoutsNow { get; } = [];

        /// <summary>The last pre-vote that the node requested.</summary>
        public long? Attempt { get; set; }

        /// <summary>When the leader's unanswered messages arrived, with their terms.</summary>
        public Queue<(Term Term, TimeSpan At)> Unanswered { get; } = new();
    }
}

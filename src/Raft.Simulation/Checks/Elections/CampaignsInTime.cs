using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Elections;

/// <summary>
/// A follower that hears no leader and grants no vote becomes a candidate, or requests pre-votes, within the longest election
/// timeout by its own clock (Raft §5.2): denied votes, pre-votes and newer terms do not delay it. A node whose disk takes that
/// long for a write must not campaign, and waits again afterwards.
/// <para>
/// A node may be paused, but it handles its messages in order. So if it answers a request that arrived after its timeout, it
/// must have handled the timeout before. Everything that resets the timer is answered, and before that answer.
/// </para>
/// </summary>
internal sealed class CampaignsInTime : Check
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly PerNode<Waiting> _waitings = new();

    /// <inheritdoc/>
    public override string Name => "campaigns in time";

    /// <inheritdoc/>
    public override string Source => "Raft §5.2, hazard 7";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change)
    {
        var (before, after) = (change.Before, change.After);
        var waiting = _waitings[change.Node];
        if (!after.IsRunning)
        {
            if (before.IsRunning) waiting.Clear();
            return;
        }

        if (after.IsWriting) waiting.WritesSince ??= cluster.Now;
        else waiting.WritesSince = null;

        waiting.SlowestRate = Math.Min(waiting.SlowestRate, change.Node.ClockRate);
        if (!change.IsSameIncarnation || before.Role != RaftRole.Follower || after.Role != RaftRole.Follower
            || MayHaveCampaigned(before, after))
            waiting.Since = cluster.Now;
    }

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var waiting = _waitings[node];
        if (waiting.IsStalled(cluster)) waiting.Since = cluster.Now;
        waiting.WritesSince = node.State.IsWriting ? cluster.Now : null;
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is RequestVote) _waitings[receiver].Votes.Enqueue(cluster.Now);
        else if (rpc is RequestPreVote) _waitings[receiver].PreVotes.Enqueue(cluster.Now);
    }

    /// <summary>Each request has one answer, and answers of one type arrive in the order of the requests.</summary>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        var waiting = _waitings[sender];
        waiting.SlowestRate = Math.Min(waiting.SlowestRate, sender.ClockRate);
        var requests = rpc switch
        {
            VoteGranted or VoteDenied => waiting.Votes,
            PreVoteGranted or PreVoteDenied => waiting.PreVotes,
            _ => null,
        };
        if (requests?.TryDequeue(out var asked) == true && MayCompare(sender, rpc)) Compare(cluster, sender, waiting, asked, rpc);
        if (rpc is VoteGranted or AppendAccepted or AppendRejected or SnapshotReceived or RequestPreVote)
            waiting.Since = cluster.Now;
    }

    /// <summary>
    /// A pre-vote is answered immediately, but an answer that must be durable waits for the write. So while the journal is
    /// writing, an append that was handled earlier may have no answer yet.
    /// </summary>
    private static bool MayCompare(NodeView node, RaftRpc answer) =>
        answer is VoteDenied
        || (answer is PreVoteGranted or PreVoteDenied && node.State is { IsWriting: false, IsDeleting: false });

    /// <summary>
    /// A step can handle two messages: the timeout, and a message of a newer term that ends the candidacy immediately.
    /// </summary>
    private static bool MayHaveCampaigned(NodeState before, NodeState after) => after.Term > before.Term.Next();

    private void Compare(ClusterView cluster, NodeView node, Waiting waiting, TimeSpan asked, RaftRpc answer)
    {
        if (node.State is not { IsRunning: true, Role: RaftRole.Follower } || node.HasLostData) return;
        if (waiting.IsStalled(cluster))
        {
            waiting.Since = cluster.Now;
            return;
        }

        Examine();
        var longest = cluster.Settings.ElectionTimeoutMax;
        if (node.Preference == LeadershipPreference.Avoid) longest += cluster.Settings.ElectionTimeoutMax;
        var most = longest / waiting.SlowestRate;
        if (asked - waiting.Since > most + Tolerance)
            throw Violated(
                $"{node} heard no leader and granted no vote since {waiting.Since}",
                $"it answered with {answer.GetType().Name} what it was asked at {asked} and had not campaigned, "
                + "though its election "
                + $"timeout is at most {most.TotalMilliseconds} ms of true time");
    }

    private sealed class Waiting
    {
        /// <summary>With a clock that runs fast, a write counts as stalled up to a tenth earlier.</summary>
        private const double FastestRate = 1.1;

        public TimeSpan Since { get; set; }

        public double SlowestRate { get; set; } = 1;

        /// <summary>When the unanswered requests for a vote arrived.</summary>
        public Queue<TimeSpan> Votes { get; } = new();

        /// <summary>When the unanswered requests for a pre-vote arrived.</summary>
        public Queue<TimeSpan> PreVotes { get; } = new();

        /// <summary>The latest time at which the write in progress can have begun; null if there is none.</summary>
        public TimeSpan? WritesSince { get; set; }

        public bool IsStalled(ClusterView cluster) =>
            WritesSince is { } since && cluster.Now - since >= cluster.Settings.ElectionTimeoutMax / FastestRate;

        public void Clear()
        {
            Votes.Clear();
            PreVotes.Clear();
            WritesSince = null;
        }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// A follower that hears no leader and grants no vote becomes a candidate within the longest election timeout by its own clock
/// (Raft §5.2): neither a vote that it refuses nor a newer term delays it.
/// <para>
/// A node may be paused, but it handles its messages in order. So where it refuses a vote that it was asked for after its
/// timeout was over, it must have handled the timeout before. What resets its timer is answered, and not after the refusal.
/// </para>
/// </summary>
public sealed class CampaignsInTime : Check
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
            if (before.IsRunning) waiting.Requests.Clear();
            return;
        }

        waiting.SlowestRate = Math.Min(waiting.SlowestRate, change.Node.ClockRate);
        if (!change.IsSameIncarnation || before.Role != RaftRole.Follower || after.Role != RaftRole.Follower
            || MayHaveCampaigned(before, after))
            waiting.Since = cluster.Now;
    }

    /// <inheritdoc/>
    public override void OnRpcDelivered(ClusterView cluster, NodeView receiver, NodeId sender, RaftRpc rpc)
    {
        if (rpc is RequestVote) _waitings[receiver].Requests.Enqueue(cluster.Now);
    }

    /// <summary>Each request for a vote has one answer, and the answers keep the order of the requests.</summary>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not (VoteGranted or VoteDenied or AppendAccepted or AppendRejected)) return;
        var waiting = _waitings[sender];
        waiting.SlowestRate = Math.Min(waiting.SlowestRate, sender.ClockRate);
        if (rpc is VoteGranted or VoteDenied && waiting.Requests.TryDequeue(out var asked) && rpc is VoteDenied)
            Compare(cluster, sender, waiting, asked);
        if (rpc is not VoteDenied) waiting.Since = cluster.Now;
    }

    /// <summary>A step can handle two messages: the timeout, and one of a newer term that ends the candidacy at once.</summary>
    private static bool MayHaveCampaigned(NodeState before, NodeState after) => after.Term > before.Term.Next();

    private void Compare(ClusterView cluster, NodeView node, Waiting waiting, TimeSpan asked)
    {
        if (node.State is not { IsRunning: true, Role: RaftRole.Follower }) return;
        Examine();
        var most = cluster.Settings.ElectionTimeoutMax / waiting.SlowestRate;
        if (asked - waiting.Since > most + Tolerance)
            throw Violated(
                $"{node} heard no leader and granted no vote since {waiting.Since}",
                $"it refused a vote that it was asked for at {asked} and had not campaigned, though its election timeout is at "
                + $"most {most.TotalMilliseconds} ms of true time");
    }

    private sealed class Waiting
    {
        public TimeSpan Since { get; set; }

        public double SlowestRate { get; set; } = 1;

        /// <summary>When requests for a vote came that have no answer yet.</summary>
        public Queue<TimeSpan> Requests { get; } = new();
    }
}

using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// The state of a leadership transfer (dissertation §3.10). It outlasts the leader's role, until the next leader is known.
/// </summary>
/// <param name="settings">The node's name, timeouts and leadership preference.</param>
internal sealed class LeadershipTransfer(RaftSettings settings)
{
    /// <summary>Minimum pause between two transfers that a node starts by itself, in election timeouts.</summary>
    private const int TransferPause = 10;

    /// <summary>Maximum number of requests that may wait for the outcome of one transfer.</summary>
    private const int MaxRequesters = 64;

    /// <summary>Those who requested the transfer.</summary>
    private readonly List<IActorRef> _requesters = [];

    /// <summary>
    /// When this node may start a transfer by itself again. It outlasts the role; otherwise a preferred node that can't keep the
    /// leadership would get it back each time.
    /// </summary>
    private TimeSpan _mayTransferAt;

    /// <summary>Whether this node is being shut down. Then every remaining node is a better leader.</summary>
    private bool _isLeaving;

    /// <summary>The next leader; null if no transfer is under way.</summary>
    public NodeId? Target { get; private set; }

    /// <summary>Whether a transfer is under way.</summary>
    public bool IsUnderWay => Target is not null;

    /// <summary>This node's leadership preference.</summary>
    public LeadershipPreference Preference => _isLeaving ? LeadershipPreference.Avoid : settings.LeadershipPreference;

    /// <summary>The node is about to be shut down.</summary>
    public void OnLeaving() => _isLeaving = true;

    /// <summary>Joins a request to the transfer that is under way.</summary>
    /// <returns>False if no transfer to this target is under way, or too many requests wait for it.</returns>
    public bool TryJoin(NodeId? target, IActorRef requester)
    {
        if (!IsUnderWay || (target is not null && target != Target) || _requesters.Count >= MaxRequesters) return false;
        _requesters.Add(requester);
        return true;
    }

    /// <summary>Starts a transfer.</summary>
    public void Begin(NodeId target, params ReadOnlySpan<IActorRef> requesters)
    {
        Target = target;
        _requesters.Clear();
        _requesters.AddRange(requesters);
    }

    /// <summary>Ends the transfer and answers the requests.</summary>
    /// <param name="leader">The current leader, if known.</param>
    /// <param name="term">The current term.</param>
    /// <param name="replyAs">The sender of refusals.</param>
    /// <param name="isStopping">Whether the node stops.</param>
    public void End(NodeId? leader, Term term, IActorRef replyAs, bool isStopping)
    {
        if (Target is not { } target) return;
        Target = null;
        foreach (var requester in _requesters)
        {
            if (leader == target) requester.Tell(new LeadershipTransferred(settings.NodeId, target, term));
            else requester.Tell(new TransferRefused(TransferRefusal.TimedOut, WhyItFailed(target, leader, isStopping)), replyAs);
        }

        _requesters.Clear();
    }

    /// <summary>Whether this node may start a transfer by itself.</summary>
    public bool MayTransfer(TimeSpan now) => !IsUnderWay && now >= _mayTransferAt;

    /// <summary>This node starts a transfer by itself; the next one has to wait.</summary>
    public void OnOwnTransfer(TimeSpan now) => _mayTransferAt = now + (TransferPause * settings.ElectionTimeoutMax);

    /// <summary>A new leader waits for an election timeout, until it knows its followers' progress.</summary>
    public void OnElected(TimeSpan now)
    {
        var earliest = now + settings.ElectionTimeoutMax;
        if (earliest > _mayTransferAt) _mayTransferAt = earliest;
    }

    private string WhyItFailed(NodeId target, NodeId? leader, bool isStopping)
    {
        var self = settings.NodeId;
        var inTime = $"within {settings.ElectionTimeoutMax.TotalMilliseconds} ms";
        return isStopping ? $"{self} stopped before it was decided whether {target} leads."
            : leader is not { } elected ? $"{self} gave way to {target}, but {inTime} nobody was known to be elected."
            : elected == self ? $"{target} did not take over {inTime}; {self} leads."
            : $"{elected} was elected, and not {target}.";
    }
}

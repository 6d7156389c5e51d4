using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// What a node knows of a leadership transfer (dissertation §3.10). It outlasts the leader's role, until it is known who leads
/// next.
/// </summary>
/// <param name="settings">This node's name and timeouts, and whether it wants to lead.</param>
internal sealed class LeadershipTransfer(RaftSettings settings)
{
    /// <summary>Between two times that a node hands over by itself so many election timeouts pass, at the least.</summary>
    private const int TransferPause = 10;

    /// <summary>So many may wait for the outcome of one transfer.</summary>
    private const int MaxAskers = 64;

    /// <summary>Who wants to know what came of it.</summary>
    private readonly List<IActorRef> _askers = [];

    /// <summary>
    /// When this node may hand over by itself again. It outlasts the role: a node that wants to lead and can't for long would
    /// get the leadership back each time.
    /// </summary>
    private TimeSpan _mayTransferAt;

    /// <summary>Whether this node is being shut down: then it wants to lead less than anybody who stays.</summary>
    private bool _isLeaving;

    /// <summary>Who is to lead; null where no transfer is under way.</summary>
    public NodeId? Target { get; private set; }

    /// <summary>Whether the leadership is on its way to another node.</summary>
    public bool IsUnderWay => Target is not null;

    /// <summary>Whether this node wants to lead.</summary>
    public LeadershipPreference Preference => _isLeaving ? LeadershipPreference.Avoid : settings.LeadershipPreference;

    /// <summary>The node is about to be shut down.</summary>
    public void OnLeaving() => _isLeaving = true;

    /// <summary>Adds somebody who wants the transfer that is under way.</summary>
    /// <returns>False where that is another one, or too many wait for it.</returns>
    public bool TryJoin(NodeId? target, IActorRef asker)
    {
        if (!IsUnderWay || (target is not null && target != Target) || _askers.Count >= MaxAskers) return false;
        _askers.Add(asker);
        return true;
    }

    /// <summary>Begins a transfer.</summary>
    public void Begin(NodeId target, params ReadOnlySpan<IActorRef> askers)
    {
        Target = target;
        _askers.Clear();
        _askers.AddRange(askers);
    }

    /// <summary>Ends the transfer, and tells those who wait for it what came of it.</summary>
    /// <param name="leader">Who leads, where that is known.</param>
    /// <param name="term">The term.</param>
    /// <param name="replyAs">In whose name a refusal is sent.</param>
    /// <param name="isStopping">Whether the node stops.</param>
    public void End(NodeId? leader, Term term, IActorRef replyAs, bool isStopping)
    {
        if (Target is not { } target) return;
        Target = null;
        foreach (var asker in _askers)
        {
            if (leader == target) asker.Tell(new LeadershipTransferred(settings.NodeId, target, term));
            else asker.Tell(new TransferRefused(TransferRefusal.TimedOut, WhyItFailed(target, leader, isStopping)), replyAs);
        }

        _askers.Clear();
    }

    /// <summary>Whether this node may hand over by itself.</summary>
    public bool MayHandOver(TimeSpan now) => !IsUnderWay && now >= _mayTransferAt;

    /// <summary>This node hands over by itself, and not soon again.</summary>
    public void OnTransferOnShutdown(TimeSpan now) => _mayTransferAt = now + (TransferPause * settings.ElectionTimeoutMax);

    /// <summary>A new leader first learns how far the others are.</summary>
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

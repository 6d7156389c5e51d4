using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Leadership transfer (dissertation §3.10): the leader takes no commands into its log, brings the target up to date, and asks
/// it to campaign at once. If nothing comes of it within an election timeout, the leader goes on.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>Between two times that a node hands over by itself so many election timeouts pass, at the least.</summary>
    private const int HandOverPause = 10;

    /// <summary>So many may wait for the outcome of one transfer.</summary>
    private const int MaxAskers = 64;

    /// <summary>What is under way; it outlasts the leader's role, until it is known who leads next.</summary>
    private Transfer? _transfer;

    /// <summary>
    /// When this node may hand over by itself again. It outlasts the role: a node that wants to lead and can't for long would
    /// get the leadership back each time.
    /// </summary>
    private TimeSpan _mayHandOverAt;

    /// <summary>Whether this node is being shut down: then it wants to lead less than anybody who stays.</summary>
    private bool _isLeaving;

    private LeadershipPreference Preference => _isLeaving ? LeadershipPreference.Avoid : _settings.LeadershipPreference;

    /// <summary>Who does not lead passes the request on to who does.</summary>
    private void PassOn(TransferLeadership transfer)
    {
        if (_leader is { } leader && leader != Id) _peers[leader].Forward(transfer with { Cluster = _cluster });
        else Refuse(Sender, TransferRefusal.NoLeader, "No leader is known; try again after an election.");
    }

    private void OnTransferLeadership(Leadership leader, TransferLeadership request)
    {
        if (_transfer is { } current && (request.Target is null || request.Target == current.Target)
            && current.Askers.Count < MaxAskers)
            current.Askers.Add(Sender);
        else if (WhyNot(leader, request.Target) is { } refusal)
            Refuse(Sender, refusal.Kind, refusal.Reason);
        else
            BeginTransfer(leader, request.Target ?? leader.BestSuccessor(_commitIndex, Now)!.Value, Sender);
    }

    private void OnHandOver(Leadership leader)
    {
        _isLeaving = true;
        OnTransferLeadership(leader, new TransferLeadership(Target: null));
    }

    /// <summary>A follower that leaves tells its leader so with its answers: it is not handed what it is about to hand over.</summary>
    private void OnHandOver()
    {
        _isLeaving = true;
        Refuse(Sender, TransferRefusal.Conflict, $"{Id} does not lead.");
    }

    private (TransferRefusal Kind, string Reason)? WhyNot(Leadership leader, NodeId? target) => target switch
    {
        { } stranger when !_voters.Contains(stranger) => (
            TransferRefusal.NoMember, $"{stranger} is no member of the group: it has {string.Join(", ", _voters)}."),
        _ when _transfer is { } other => (
            TransferRefusal.Conflict, $"The leadership is on its way to {other.Target}; try again when that is decided."),
        { } self when self == Id => (TransferRefusal.Conflict, $"{Id} leads already."),
        { } silent when !leader.IsHeard(silent, Now) => (
            TransferRefusal.Conflict, $"{silent} does not answer; {Id} goes on leading."),
        { } outsider when !leader.Followers[outsider].Counts => (
            TransferRefusal.Conflict, $"{outsider} lost its journal and is not readmitted yet; {Id} goes on leading."),
        null when leader.BestSuccessor(_commitIndex, Now) is null => (
            TransferRefusal.Conflict, $"No other member answers; {Id} goes on leading."),
        _ => null,
    };

    private void BeginTransfer(Leadership leader, NodeId target, params IEnumerable<IActorRef> askers)
    {
        _transfer = new Transfer(target, [.. askers]);
        Timers.StartSingleTimer(TransferDeadline.Instance, TransferDeadline.Instance, _settings.ElectionTimeoutMax);
        PursueTransfer(leader);
    }

    /// <summary>Once the target has all entries, it is asked to take over; with every heartbeat again, until it does.</summary>
    private void PursueTransfer(Leadership leader)
    {
        if (_transfer is not { } transfer || leader.Followers[transfer.Target].Match < _log.LastIndex) return;
        leader.HasSentTimeoutNow = true;
        _peers[transfer.Target].Tell(new TimeoutNow(_cluster, Id, _term));
    }

    /// <summary>The leader asks this node to take over: it is up to date, and campaigns without timeout or pre-vote.</summary>
    private void OnTimeoutNow(TimeoutNow now)
    {
        if (now.From == _leader && !_journal.IsStalled && !_awaitsReadmission) BecomeCandidate(isTransfer: true);
    }

    /// <summary>It is known who leads, or the time is over, or the node stops.</summary>
    /// <param name="isStopping">Whether the node stops.</param>
    private void EndTransfer(bool isStopping = false)
    {
        if (_transfer is not { } transfer) return;
        _transfer = null;
        Timers.Cancel(TransferDeadline.Instance);
        foreach (var asker in transfer.Askers)
        {
            if (_leader == transfer.Target) asker.Tell(new LeadershipTransferred(Id, transfer.Target, _term));
            else Refuse(asker, TransferRefusal.TimedOut, WhyItFailed(transfer.Target, isStopping));
        }
    }

    private string WhyItFailed(NodeId target, bool isStopping)
    {
        var inTime = $"within {_settings.ElectionTimeoutMax.TotalMilliseconds} ms";
        return isStopping ? $"{Id} stopped before it was decided whether {target} leads."
            : _leader is not { } leader ? $"{Id} gave way to {target}, but {inTime} nobody was known to be elected."
            : leader == Id ? $"{target} did not take over {inTime}; {Id} leads."
            : $"{leader} was elected, and not {target}.";
    }

    private static void Refuse(IActorRef asker, TransferRefusal refusal, string reason) =>
        asker.Tell(new TransferRefused(refusal, reason), Context.Parent);

    /// <summary>A leader makes way for a node that wants to lead more than itself, once that is up to date and heard.</summary>
    private void HandOverToPreferred(Leadership leader)
    {
        if (_transfer is not null || Now < _mayHandOverAt || _commitIndex < leader.FirstIndexOfTerm) return;
        if (leader.PreferredSuccessor(Preference, _commitIndex, Now) is not { } preferred) return;
        _mayHandOverAt = Now + (HandOverPause * _settings.ElectionTimeoutMax);
        BeginTransfer(leader, preferred);
    }

    /// <summary>A new leader first learns how far the others are.</summary>
    private void WaitBeforeHandOver()
    {
        var earliest = Now + _settings.ElectionTimeoutMax;
        if (earliest > _mayHandOverAt) _mayHandOverAt = earliest;
    }

    /// <param name="Target">Who is to lead.</param>
    /// <param name="Askers">Who wants to know what came of it.</param>
    private sealed record Transfer(NodeId Target, List<IActorRef> Askers);
}

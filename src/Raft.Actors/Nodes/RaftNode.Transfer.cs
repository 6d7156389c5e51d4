using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// Leadership transfer (dissertation §3.10): the leader stops appending commands, brings the target up to date, and makes it
/// campaign at once with <see cref="TimeoutNow"/>. If the target is not elected within an election timeout, the leader continues.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>A node that does not lead forwards the request to the leader.</summary>
    private void PassOn(TransferLeadership transfer)
    {
        if (_leader is { } leader && leader != Id) _peers[leader].Forward(transfer with { Cluster = Cluster });
        else Refuse(Sender, TransferRefusal.NoLeader, "No leader is known; try again after an election.");
    }

    private void OnTransferLeadership(LeaderState leader, TransferLeadership request)
    {
        if (_transfer.TryJoin(request.Target, Sender)) return;
        if (WhyNot(leader, request.Target) is { } refusal)
            Refuse(Sender, refusal.Kind, refusal.Reason);
        else
            BeginTransfer(leader, request.Target ?? leader.BestSuccessor(_commitIndex, Now)!.Value, Sender);
    }

    private void OnTransferOnShutdown(LeaderState leader)
    {
        _transfer.OnLeaving();
        OnTransferLeadership(leader, new TransferLeadership(Target: null));
    }

    /// <summary>
    /// A follower that is about to be shut down tells its leader in its next answers, so that the leader does not transfer the
    /// leadership to it.
    /// </summary>
    private void OnTransferOnShutdown()
    {
        _transfer.OnLeaving();
        Refuse(Sender, TransferRefusal.Conflict, $"{Id} does not lead.");
    }

    private (TransferRefusal Kind, string Reason)? WhyNot(LeaderState leader, NodeId? target) => target switch
    {
        { } stranger when !_members.Voters.Contains(stranger) => (
            TransferRefusal.NoMember, $"{stranger} is no member of the group: it has {string.Join(", ", _members.Voters)}."),
        _ when _transfer.Target is { } other => (
            TransferRefusal.Conflict, $"The leadership is on its way to {other}; try again when that is decided."),
        { } self when self == Id => (TransferRefusal.Conflict, $"{Id} leads already."),
        { } silent when !leader.IsHeard(silent, Now) => (
            TransferRefusal.Conflict, $"{silent} does not answer; {Id} goes on leading."),
        { } outsider when !leader.Followers[outsider].Counts => (
            TransferRefusal.Conflict, $"{outsider} lost its journal and is not readmitted yet; {Id} goes on leading."),
        null when leader.BestSuccessor(_commitIndex, Now) is null => (
            TransferRefusal.Conflict, $"No other member answers; {Id} goes on leading."),
        _ => null,
    };

    private void BeginTransfer(LeaderState leader, NodeId target, params ReadOnlySpan<IActorRef> requesters)
    {
        _transfer.Begin(target, requesters);
        Timers.StartSingleTimer(TransferDeadline.Instance, TransferDeadline.Instance, _settings.ElectionTimeoutMax);
        PursueTransfer(leader);
    }

    /// <summary>Sends TimeoutNow once the target has all entries, and again with every heartbeat until it campaigns.</summary>
    private void PursueTransfer(LeaderState leader)
    {
        if (_transfer.Target is not { } target || leader.Followers[target].Match < _log.LastIndex) return;
        leader.HasSentTimeoutNow = true;
        _peers[target].Tell(new TimeoutNow(Cluster, Id, _term));
    }

    /// <summary>
    /// The leader made this node its successor: it is up to date, so it campaigns without timeout and pre-vote.
    /// </summary>
    private void OnTimeoutNow(TimeoutNow now)
    {
        if (now.From == _leader && !_journal.IsStalled && !_members.AwaitsReadmission) BecomeCandidate(isTransfer: true);
    }

    /// <summary>Ends the transfer: the new leader is known, the deadline has passed, or the node stops.</summary>
    /// <param name="isStopping">Whether the node stops.</param>
    private void EndTransfer(bool isStopping = false)
    {
        if (!_transfer.IsUnderWay) return;
        Timers.Cancel(TransferDeadline.Instance);
        _transfer.End(_leader, _term, Context.Parent, isStopping);
    }

    private static void Refuse(IActorRef requester, TransferRefusal refusal, string reason) =>
        requester.Tell(new TransferRefused(refusal, reason), Context.Parent);

    /// <summary>
    /// Transfers the leadership to a follower with a higher leadership preference, once it is up to date and reachable.
    /// </summary>
    private void TransferToPreferred(LeaderState leader)
    {
        if (!_transfer.MayTransfer(Now) || _commitIndex < leader.FirstIndexOfTerm) return;
        if (leader.PreferredSuccessor(_transfer.Preference, _commitIndex, Now) is not { } preferred) return;
        _transfer.OnOwnTransfer(Now);
        BeginTransfer(leader, preferred);
    }
}

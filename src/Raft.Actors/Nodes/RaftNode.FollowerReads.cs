using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;

namespace Raft.Actors.Nodes;

/// <summary>
/// A follower answers linearizable questions itself (dissertation §6.4): the leader, which has to confirm that it leads, only
/// says how far the log must be applied.
/// </summary>
internal sealed partial class RaftNode
{
    private void OnAsk(FollowerReads reads, Ask ask)
    {
        Admit(ask, reads.TryAdd);
        BeginReadIndex(reads);
    }

    private void BeginReadIndex(FollowerReads reads)
    {
        if (!reads.IsRequestDue) return;
        reads.BeginRequest(UnusedNumber());
        AskForReadIndex(reads);
    }

    /// <summary>Asks the leader, and again after a heartbeat interval: the message may be lost.</summary>
    private void AskForReadIndex(FollowerReads reads)
    {
        if (_leader is not { } leader || reads.ReadId is not { } readId) return;
        SendWhenTermDurable(_peers[leader], new RequestReadIndex(_cluster, Id, _term, readId));
        Timers.StartSingleTimer(ReadIndexOverdue.Instance, ReadIndexOverdue.Instance, _settings.HeartbeatInterval);
    }

    private void OnReadIndex(FollowerReads reads, ReadIndexGranted granted)
    {
        if (granted.ReadId != reads.ReadId) return;
        Timers.Cancel(ReadIndexOverdue.Instance);
        reads.OnReadIndex(granted.Index);
        AnswerApplied(reads);
        BeginReadIndex(reads);
    }

    /// <summary>What is committed is on its way to the state machine, before the questions.</summary>
    private void AnswerApplied(FollowerReads reads)
    {
        foreach (var client in reads.TakeAnswerable(_commitIndex))
            AskStateMachine(client.Key, [.. client]);
    }

    /// <summary>The leader or the role has changed: the clients ask again.</summary>
    private void RefuseReads(FollowerReads reads)
    {
        Timers.Cancel(ReadIndexOverdue.Instance);
        var replies = new ReplyBatches(Context.Parent, _settings.MaxAppendBytes);
        foreach (var (client, question) in reads.All) replies.Add(client, new NotLeader(question.RequestId));
        replies.Send();
    }
}

using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;

namespace Raft.Actors.Nodes;

/// <summary>
/// A leader answers from its state machine alone: no read appends to the log. Before that it has a majority confirm that it
/// still leads, one round of heartbeats for all reads that wait (Raft §8, dissertation §6.4), or trusts its lease (§6.4.1).
/// </summary>
internal sealed partial class RaftNode
{
    private void OnAsk(Leadership leader, Ask ask)
    {
        Admit(ask, leader.Reads.TryAdd);
        BeginReadRound(leader);
    }

    private void OnLeaseAsk(Leadership leader, Ask ask)
    {
        if (!_settings.AreLeaseReadsOn) RefuseLease(ask);
        else if (HasLease(leader)) AnswerNow(ask);
        else OnAsk(leader, ask);
    }

    private void RefuseLease(Ask ask)
    {
        const string Reason = "Lease reads are off; ask for linearizable ones, or set raft.lease-reads = on.";
        Answer(new ClientReplies([.. ask.Questions.Select(q => new RequestRefused(q.RequestId, Reason))]));
    }

    /// <summary>
    /// Nobody else can have been elected: a majority heard this leader, and none of them votes for another before its shortest
    /// election timeout is over. A follower that was asked to take over need not wait for that, whenever the message reaches
    /// it: so there is no lease in this term any more.
    /// </summary>
    private bool HasLease(Leadership leader) =>
        _commitIndex >= leader.FirstIndexOfTerm
        && !leader.HasSentTimeoutNow
        && leader.Rounds.ConfirmedAt is { } sentAt
        && Now - sentAt < _settings.Lease;

    private void OnRequestReadIndex(Leadership leader, RequestReadIndex request)
    {
        leader.Reads.Add(request);
        BeginReadRound(leader);
    }

    /// <summary>
    /// Before an entry of its own term is committed, a leader does not know what is (Raft §8). A follower that is many rounds
    /// behind gets heartbeats alone: messages to one that is down must not pile up.
    /// </summary>
    private void BeginReadRound(Leadership leader)
    {
        if (_commitIndex < leader.FirstIndexOfTerm || !leader.Reads.IsRoundDue) return;
        leader.Rounds.Begin(Now);
        leader.Reads.BeginRound(leader.Rounds.Newest, _commitIndex);
        foreach (var (id, progress) in leader.Followers)
        {
            if (leader.Rounds.Newest - progress.Round <= _settings.MaxInflightAppends) Send(leader, id, progress, entries: []);
        }

        ConfirmRounds(leader);
    }

    private void OnRound(Leadership leader, Progress progress, long round)
    {
        progress.OnRound(round, Now);
        ConfirmRounds(leader);
    }

    private void ConfirmRounds(Leadership leader)
    {
        var round = leader.MajorityRound();
        leader.Rounds.Confirm(round);
        AnswerConfirmed(leader, round);
    }

    /// <summary>
    /// A majority answered since the reads came, so no newer leader had committed anything then. What was committed is
    /// already on its way to the state machine, before the questions.
    /// </summary>
    private void AnswerConfirmed(Leadership leader, long round)
    {
        if (leader.Reads.TakeConfirmed(round) is not { } confirmed) return;
        foreach (var reads in confirmed.Questions) AskStateMachine(reads.Key, [.. reads]);
        foreach (var (follower, readId) in confirmed.Requests)
            _peers[follower].Tell(new ReadIndexGranted(_cluster, Id, _term, readId, confirmed.Index));
        BeginReadRound(leader);
    }
}

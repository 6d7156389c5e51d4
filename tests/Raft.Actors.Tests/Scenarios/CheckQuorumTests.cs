using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Check quorum: a leader that can't commit steps down (dissertation §6.2; hazard 22).</summary>
public sealed class CheckQuorumTests : RaftScenario
{
    private const string On = "raft.check-quorum = on";

    /// <summary><c>raft.election-timeout-max</c>.</summary>
    private const int Beats = 10;

    [Fact]
    public void A_leader_that_no_majority_answers_steps_down_and_says_what_is_known_of_its_requests()
    {
        var term = EstablishedLeader(settings: On);
        var command = Client.Proposes("x");
        var query = Client.Asks();
        Beat(Beats - 1);
        Assert.Equal(RaftRole.Leader, Status().Role);
        Beat(2);
        Assert.Equal((RaftRole.Follower, term, null), (Status().Role, Status().Term.Value, Status().LeaderId));
        var replies = new[] { Client.ExpectsReply(), Client.ExpectsReply() };
        Assert.Equal(query, Assert.Single(replies.OfType<NotLeader>()).RequestId);
        Assert.Equal(command, Assert.Single(replies.OfType<OutcomeUnknown>()).RequestId);
    }

    [Fact]
    public void Then_it_waits_for_an_election_as_any_follower_does()
    {
        var term = EstablishedLeader(settings: On);
        Beat(Beats + 1);
        Assert.Equal(RaftRole.Follower, Status().Role);
        Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Candidate, term + 1), (Status().Role, Status().Term.Value));
    }

    [Fact]
    public void A_leader_that_a_majority_answers_stays()
    {
        var term = EstablishedLeader(settings: On);
        for (var i = 0; i < 5 * Beats; i++)
        {
            Beat(1);
            AnswersNewestRound(N2, term);
        }

        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>A late answer to an old message proves nothing about the present.</summary>
    [Fact]
    public void Late_answers_to_an_old_round_do_not_count_for_the_time_since()
    {
        var term = EstablishedLeader(settings: On);
        Beat(1);
        var old = Round(N2);
        Beat(Beats - 1);
        foreach (var peer in new[] { N2, N3 }) peer.Accepts(term, match: 1, old);
        Beat(2);
        Assert.Equal(RaftRole.Follower, Status().Role);
    }

    [Fact]
    public void One_of_two_followers_is_not_enough_in_a_cluster_of_five()
    {
        var term = EstablishedLeader(members: 5, settings: On);
        for (var i = 0; i <= Beats; i++)
        {
            Beat(1);
            AnswersNewestRound(N2, term);
        }

        Assert.Equal(RaftRole.Follower, Status().Role);
    }

    [Fact]
    public void A_leader_alone_is_its_own_majority()
    {
        Leader(members: 1, settings: On);
        Beat(3 * Beats);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>Hazard 22: its heartbeats would prevent every election.</summary>
    [Fact]
    public void A_leader_with_a_stalled_disk_steps_down_although_the_others_answer()
    {
        var term = EstablishedLeader(settings: On);
        Disk.Hold();
        var command = Client.Proposes("x");
        for (var i = 0; i <= Beats; i++)
        {
            Beat(1);
            AnswersNewestRound(N2, term);
        }

        Assert.Equal(RaftRole.Follower, Status().Role);
        Assert.Equal(command, Client.Expects<OutcomeUnknown>().RequestId);
    }

    [Fact]
    public void A_slow_disk_that_still_writes_deposes_no_leader()
    {
        var term = EstablishedLeader(settings: On);
        Disk.Hold();
        for (var i = 0; i < 4; i++)
        {
            Client.Proposes("x");
            for (var beat = 0; beat < Beats - 1; beat++)
            {
                Beat(1);
                AnswersNewestRound(N2, term);
            }

            DiskDoesOneWrite();
        }

        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>Nothing depends on deleted events, and the followers write meanwhile.</summary>
    [Fact]
    public void A_slow_deletion_deposes_no_leader()
    {
        var term = LeaderThatDeletes();
        for (var i = 0; i < 2 * Beats; i++)
        {
            Beat(1);
            AnswersNewestRound(N2, term);
        }

        Assert.Equal(RaftRole.Leader, Status().Role);
        var command = Client.Proposes("x");
        Settle();
        foreach (var peer in new[] { N2, N3 }) peer.Accepts(term, match: 2);
        Client.ExpectsApplied(command, "2:x");
    }

    /// <summary>What waits for the disk has a limit; a leader that accepts no more steps down.</summary>
    [Fact]
    public void A_leader_whose_clients_wait_for_a_deletion_steps_down()
    {
        var term = LeaderThatDeletes("raft { max-command-bytes = 10B, max-pending-bytes = 12B }");
        Client.Proposes("0123456789");
        Settle();
        foreach (var peer in new[] { N2, N3 }) peer.Accepts(term, match: 2);
        Client.Expects<CommandApplied>();
        var waiting = Client.Proposes("x");
        Assert.Equal(2, Status().LastLogIndex.Value);
        for (var i = 0; i <= Beats; i++)
        {
            Beat(1);
            AnswersNewestRound(N2, term);
        }

        Assert.Equal(RaftRole.Follower, Status().Role);
        Assert.Equal(waiting, Client.Expects<NotLeader>().RequestId);
    }

    [Fact]
    public void Without_check_quorum_it_leads_on()
    {
        EstablishedLeader(settings: "raft.check-quorum = off");
        Beat(5 * Beats);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>A leader whose journal does not complete the deletion of events that a snapshot replaces.</summary>
    private long LeaderThatDeletes(string settings = "")
    {
        var term = EstablishedLeader(settings: $"{On}\nraft.snapshot-keep-entries = 0\n{settings}");
        Disk.HoldDeletions();
        N3.Sends(TakeSnapshot.Instance);
        N3.ExpectsAfterHeartbeats<SnapshotTaken>();
        return term;
    }

    private void Beat(int times)
    {
        for (var i = 0; i < times; i++) HeartbeatIntervalPasses();
    }

    private static long Round(Peer peer) => peer.TakeAll().OfType<AppendEntries>().Last().Round;

    /// <summary>Answers the leader's last message, if there is one.</summary>
    private static void AnswersNewestRound(Peer peer, long term)
    {
        if (peer.TakeAll().OfType<AppendEntries>().LastOrDefault() is { } newest) peer.Accepts(term, match: 1, newest.Round);
    }
}

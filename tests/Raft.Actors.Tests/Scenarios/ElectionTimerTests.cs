using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>When a follower loses patience (Raft §5.2; Figure 2, rules for followers; §9.3).</summary>
public sealed class ElectionTimerTests : RaftScenario
{
    private static readonly TimeSpan Nearly = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan TheRest = ElectionTimeout - Nearly;

    /// <summary>§5.2: election timeouts are chosen from a fixed interval. Draws are from 0 to below 1.</summary>
    [Theory]
    [InlineData(0, 500)]
    [InlineData(0.25, 625)]
    [InlineData(0.998, 999)]
    public void The_election_timeout_is_drawn_from_the_configured_interval(double draw, int milliseconds)
    {
        Node(random: new FixedRandom(draw));
        Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.Equal(RaftRole.Follower, Status().Role);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>§5.2: each candidate restarts its randomized timeout at the start of an election.</summary>
    [Fact]
    public void Every_election_timeout_is_drawn_anew()
    {
        Node(random: new FixedRandom(0, 0.9));
        Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(new Term(1), Status().Term);
        Advance(TimeSpan.FromMilliseconds(949));
        Assert.Equal(new Term(1), Status().Term);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new Term(2), Status().Term);
    }

    /// <summary>Figure 2: granting a vote resets the timer, in the voter's term or in a newer one. Hazard 8.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_granted_vote_resets_the_timer(long term)
    {
        Node(term: 1);
        Advance(Nearly);
        N2.AsksForVote(term);
        N2.Expects<VoteGranted>();
        Advance(ElectionTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal(RaftRole.Follower, Status().Role);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>Hazard 7: a candidate of an old term must not delay the others.</summary>
    [Fact]
    public void A_vote_refused_for_its_old_term_does_not_reset_the_timer()
    {
        Node(term: 2);
        Advance(Nearly);
        N2.AsksForVote(term: 1);
        N2.Expects<VoteDenied>();
        Advance(TheRest);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>Hazard 7.</summary>
    [Fact]
    public void A_vote_refused_because_it_was_given_already_does_not_reset_the_timer()
    {
        Node(term: 1, votedFor: "n3");
        Advance(Nearly);
        N2.AsksForVote(term: 1);
        N2.Expects<VoteDenied>();
        Advance(TheRest);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>
    /// Hazard 7: a candidate whose log is behind comes with a new term each time. It can't win, and must not keep those
    /// that can from campaigning.
    /// </summary>
    [Fact]
    public void A_vote_refused_for_an_outdated_log_does_not_reset_the_timer_though_its_term_is_newer()
    {
        Node(log: Terms(1, 1));
        Advance(Nearly);
        N2.AsksForVote(term: 2, lastIndex: 1, lastTerm: 1);
        Assert.Equal(VoteDenial.LogNotUpToDate, N2.Expects<VoteDenied>().Reason);
        Advance(TheRest);
        Assert.Equal((RaftRole.Candidate, new Term(3)), (Status().Role, Status().Term));
    }

    /// <summary>Figure 2: AppendEntries from the current leader resets the timer.</summary>
    [Fact]
    public void A_heartbeat_of_the_current_leader_resets_the_timer()
    {
        Node();
        for (var i = 0; i < 3; i++)
        {
            Advance(Nearly);
            N2.Heartbeats(term: 1);
        }

        Assert.Equal((RaftRole.Follower, new Term(1)), (Status().Role, Status().Term));
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>The leader is the leader, also where its entries do not fit yet.</summary>
    [Fact]
    public void An_append_that_does_not_fit_resets_the_timer_too()
    {
        Node();
        Advance(Nearly);
        N2.Appends(term: 1, previous: (5, 1), [Entry(6, 1)]);
        N2.Expects<AppendRejected>();
        Advance(Nearly);
        Assert.Equal(RaftRole.Follower, Status().Role);
    }

    /// <summary>Figure 2: from the *current* leader.</summary>
    [Fact]
    public void A_heartbeat_of_an_old_leader_does_not_reset_the_timer()
    {
        Node(term: 2);
        Advance(Nearly);
        N2.Heartbeats(term: 1);
        N2.Expects<AppendOutdated>();
        Advance(TheRest);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>A message that was refused comes from nobody's leader.</summary>
    [Fact]
    public void A_heartbeat_of_a_stranger_does_not_reset_the_timer()
    {
        Node(term: 2);
        Advance(Nearly);
        N4.Heartbeats(term: 2);
        N4.Expects<RpcRefused>();
        Advance(TheRest);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>
    /// Hazard 5: a timeout that is in the mailbox already, behind a heartbeat, is no timeout any more.
    /// </summary>
    [Fact]
    public void A_timeout_that_waits_behind_a_heartbeat_starts_no_election()
    {
        using var gate = new Gate();
        var random = new FixedRandom(0.5);
        Node(random: random);
        N2.Heartbeats(term: 1);
        N2.ExpectsAccepted(match: 0);

        random.Gate = gate;
        N2.Heartbeats(term: 1);
        gate.AwaitArrival();
        AdvanceUnwatched(ElectionTimeout);
        random.Gate = null;
        gate.Open();

        Assert.Equal((RaftRole.Follower, new Term(1)), (Status().Role, Status().Term));
    }

    /// <summary>§5.2: a leader has no election timeout.</summary>
    [Fact]
    public void A_leader_starts_no_election()
    {
        var term = Leader();
        for (var i = 0; i < 5; i++) Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Leader, term), (Status().Role, Status().Term.Value));
    }

    /// <summary>A leader has no election timer; the follower that it becomes needs one.</summary>
    [Fact]
    public void A_leader_that_stepped_down_campaigns_again_when_it_hears_no_leader()
    {
        var term = Leader();
        N2.Denies(term + 1, VoteDenial.StaleTerm);
        Assert.Equal(RaftRole.Follower, Status().Role);
        Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Candidate, term + 2), (Status().Role, Status().Term.Value));
    }

    /// <summary>§5.2: heartbeats stop others from campaigning; the first one must come at once.</summary>
    [Fact]
    public void A_new_leader_tells_all_at_once_and_then_at_every_heartbeat_interval()
    {
        Node();
        Advance(ElectionTimeout);
        N2.Expects<RequestVote>();
        N2.Votes(term: 1);
        Assert.NotEmpty(N2.TakeAll().Cast<AppendEntries>());
        HeartbeatIntervalPasses();
        Assert.Single(N2.TakeAll().Cast<AppendEntries>());
        HeartbeatIntervalPasses();
        Assert.Single(N2.TakeAll().Cast<AppendEntries>());
    }

    /// <summary>A follower that was leader sends no heartbeats.</summary>
    [Fact]
    public void A_leader_that_stepped_down_sends_no_more_heartbeats()
    {
        var term = Leader();
        N2.Heartbeats(term + 1);
        N2.TakeAll();
        HeartbeatIntervalPasses();
        N2.ExpectsNothing();
    }
}

using Raft.Simulation.Checks.Elections;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

/// <summary>The longest election timeout is 400 ms.</summary>
public sealed class CampaignsInTimeTests
{
    private readonly CheckedRun _run = new(new CampaignsInTime(), avoids: "n2");

    [Fact]
    public void A_vote_may_be_refused_within_the_timeout()
    {
        Refuse(asked: 400, at: 400);

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>Hazard 7: otherwise the denial would have reset the timer.</summary>
    [Fact]
    public void Refusals_that_delay_the_campaign_contradict_it()
    {
        Refuse(asked: 300, at: 300);

        _run.Contradicts(
            "n1 heard no leader and granted no vote since 00:00:00",
            "it answered with VoteDenied what it was asked at 00:00:00.4500000 and had not campaigned, "
            + "though its election timeout is "
            + "at most 400 ms of true time",
            () => Refuse(asked: 450, at: 450));
    }

    [Fact]
    public void A_newer_term_delays_nothing()
    {
        _run.At(300);
        Adopt(term: 1);

        _run.Contradicts(
            "n1 heard no leader and granted no vote since 00:00:00",
            "it answered with VoteDenied what it was asked at 00:00:00.5000000 and had not campaigned, "
            + "though its election timeout is "
            + "at most 400 ms of true time",
            () => Refuse(asked: 500, at: 500));
    }

    /// <summary>Two messages in one step: the timeout, and a request that ends the candidacy.</summary>
    [Fact]
    public void A_term_that_rises_by_two_may_hide_a_campaign()
    {
        _run.At(300);
        Adopt(term: 2);
        Refuse(asked: 700, at: 700);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void What_was_asked_before_the_timeout_may_be_refused_after_it()
    {
        Refuse(asked: 399, at: 5000);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_leader_that_was_heard_delays_it()
    {
        _run.At(300);
        _run.Send(1, 2, Rpcs.Accepted(1, term: 0, match: 0));
        Refuse(asked: 700, at: 700);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_vote_that_was_granted_delays_it()
    {
        _run.Deliver(2, 1, Rpcs.RequestVote(2, term: 1));
        _run.At(300);
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 1));
        Refuse(asked: 700, at: 700);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_that_is_no_follower_has_no_such_timeout()
    {
        _run.Lead(1, term: 1);
        _run.WriteTerm(1, 1, vote: 1);
        Refuse(asked: 5000, at: 5000);
        _run.At(5000);
        Adopt(term: 2);
        Refuse(asked: 5300, at: 5300);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_clock_that_runs_slow_makes_the_timeout_longer()
    {
        _run[1].ClockRate = 0.8;
        Refuse(asked: 500, at: 500);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_pre_vote_that_is_asked_for_begins_the_time_anew()
    {
        _run.At(390);
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 0));
        Refuse(asked: 780, at: 780);

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>Hazard 7 for pre-votes: a node that grants pre-votes must still request its own.</summary>
    [Fact]
    public void A_pre_vote_that_is_granted_delays_nothing()
    {
        GrantPreVote(at: 300, attempt: 1);

        _run.Contradicts(
            "n1 heard no leader and granted no vote since 00:00:00",
            "it answered with PreVoteGranted what it was asked at 00:00:00.4500000 and had not campaigned, though its election "
            + "timeout is at most 400 ms of true time",
            () => GrantPreVote(at: 450, attempt: 2));
    }

    [Fact]
    public void A_node_that_avoids_leading_waits_longer()
    {
        _run.At(750);
        _run.Deliver(3, 2, Rpcs.RequestVote(3, term: 1));
        _run.Send(2, 3, Rpcs.VoteDenied(2, term: 1));

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_whose_disk_is_stalled_must_not_campaign()
    {
        _run.At(10);
        _run.Follow(1, term: 1);
        StartsWriting();
        Refuse(asked: 500, at: 500);
        _run.At(600);
        _run.WriteTerm(1, 1);
        EndsWriting();
        Refuse(asked: 950, at: 950);

        Assert.Equal(1, _run.Examined);
        Assert.Throws<ViolationException>(() => Refuse(asked: 1010, at: 1010));
    }

    /// <summary>Log, term and vote are on disk: the node writes a part of a snapshot.</summary>
    [Fact]
    public void What_it_is_that_the_disk_does_not_write_makes_no_difference()
    {
        _run.At(10);
        StartsWriting();
        Refuse(asked: 500, at: 500);
        _run.At(600);
        EndsWriting();
        Refuse(asked: 890, at: 890);

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>An append that was handled earlier, and its answer, may still wait for the disk.</summary>
    [Fact]
    public void A_pre_vote_that_is_answered_while_the_disk_writes_tells_nothing()
    {
        _run.At(440);
        _run.Append(1, CheckedRun.Entries(1));
        StartsWriting();
        GrantPreVote(at: 450, attempt: 1);

        Assert.Equal(0, _run.Examined);
    }

    private void StartsWriting() => _run.Change(1, s => s with { IsWriting = true });

    private void EndsWriting() => _run.Change(1, s => s with { IsWriting = false });

    private void Adopt(long term)
    {
        _run.Follow(1, term);
        _run.WriteTerm(1, term);
    }

    private void GrantPreVote(double at, long attempt)
    {
        _run.At(at);
        _run.Deliver(3, 1, Rpcs.RequestPreVote(3, term: 0, attempt));
        _run.Send(1, 3, Rpcs.PreVoteGranted(1, term: 0, attempt));
    }

    private void Refuse(double asked, double at)
    {
        _run.At(asked);
        _run.Deliver(3, 1, Rpcs.RequestVote(3, term: 1));
        _run.At(at);
        _run.Send(1, 3, Rpcs.VoteDenied(1, term: 1));
    }
}

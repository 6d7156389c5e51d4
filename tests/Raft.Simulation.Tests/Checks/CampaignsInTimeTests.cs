using Raft.Simulation.Checks;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

/// <summary>The longest election timeout is 400 ms.</summary>
public sealed class CampaignsInTimeTests
{
    private readonly CheckedRun _run = new(new CampaignsInTime());

    [Fact]
    public void A_vote_may_be_refused_within_the_timeout()
    {
        Refuse(asked: 400, at: 400);

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>Hazard 7: otherwise a refusal would have reset the timer.</summary>
    [Fact]
    public void Refusals_that_delay_the_campaign_contradict_it()
    {
        Refuse(asked: 300, at: 300);

        _run.Contradicts(
            "n1 heard no leader and granted no vote since 00:00:00",
            "it refused a vote that it was asked for at 00:00:00.4500000 and had not campaigned, though its election timeout is "
            + "at most 400 ms of true time",
            () => Refuse(asked: 450, at: 450));
    }

    [Fact]
    public void A_newer_term_delays_nothing()
    {
        _run.At(300);
        _run.Follow(1, term: 1);

        _run.Contradicts(
            "n1 heard no leader and granted no vote since 00:00:00",
            "it refused a vote that it was asked for at 00:00:00.5000000 and had not campaigned, though its election timeout is "
            + "at most 400 ms of true time",
            () => Refuse(asked: 500, at: 500));
    }

    /// <summary>Two messages in one step: the timeout, and a request that ends the candidacy.</summary>
    [Fact]
    public void A_term_that_rises_by_two_may_hide_a_campaign()
    {
        _run.At(300);
        _run.Follow(1, term: 2);
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
        Refuse(asked: 5000, at: 5000);
        _run.At(5000);
        _run.Follow(1, term: 2);
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

    private void Refuse(double asked, double at)
    {
        _run.At(asked);
        _run.Deliver(3, 1, Rpcs.RequestVote(3, term: 1));
        _run.At(at);
        _run.Send(1, 3, Rpcs.VoteDenied(1, term: 1));
    }
}

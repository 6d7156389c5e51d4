using Raft.Simulation.Checks.Elections;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

/// <summary>The shortest election timeout is 200 ms.</summary>
public sealed class CampaignsNotEarlyTests
{
    private readonly CheckedRun _run = new(new CampaignsNotEarly());

    [Fact]
    public void A_node_that_campaigns_after_its_timeout_is_right()
    {
        _run.At(200);
        _run.Campaign(1, term: 1);
        _run.At(400);
        _run.Campaign(1, term: 2);

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_node_that_campaigns_just_after_its_start_contradicts_it()
    {
        _run.At(150);

        Early("started", since: 0, at: 150, term: 1);
    }

    [Fact]
    public void A_candidate_that_campaigns_again_at_once_contradicts_it()
    {
        _run.At(300);
        _run.Campaign(1, term: 1);
        _run.At(310);

        Early("campaigned", since: 300, at: 310, term: 2);
    }

    [Fact]
    public void A_node_that_has_just_voted_contradicts_it()
    {
        _run.At(300);
        _run.Vote(1, term: 1, candidate: 2);
        _run.At(350);

        Early("voted", since: 300, at: 350, term: 2);
    }

    [Fact]
    public void A_node_that_has_just_taken_entries_contradicts_it()
    {
        _run.At(300);
        _run.Append(1, CheckedRun.Entries(1));
        _run.At(350);

        Early("heard the leader", since: 300, at: 350, term: 1);
    }

    [Fact]
    public void A_node_that_has_just_stepped_down_contradicts_it()
    {
        _run.Lead(1, term: 1);
        _run.At(300);
        _run.Follow(1, term: 2);
        _run.At(350);

        Early("became follower", since: 300, at: 350, term: 3);
    }

    [Fact]
    public void A_node_that_answered_a_heartbeat_contradicts_it()
    {
        Heartbeat(at: 250);
        _run.At(300);
        _run.Send(1, 2, Rpcs.Accepted(1, term: 0, match: 0));
        _run.At(350);

        Early("heard the leader", since: 250, at: 350, term: 1);
    }

    [Fact]
    public void A_heartbeat_that_still_waits_in_the_mailbox_resets_nothing()
    {
        Heartbeat(at: 250);
        _run.At(300);
        _run.Campaign(1, term: 1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_late_answer_tells_only_of_the_oldest_heartbeat()
    {
        Heartbeat(at: 100);
        Heartbeat(at: 250);
        _run.At(310);
        _run.Send(1, 2, Rpcs.Accepted(1, term: 0, match: 0));
        _run.Campaign(1, term: 1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_newer_term_alone_resets_nothing()
    {
        _run.At(300);
        _run.Follow(1, term: 1);
        _run.At(310);
        _run.Campaign(1, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_clock_that_runs_fast_makes_the_timeout_shorter()
    {
        _run[1].ClockRate = 1.1;
        _run.Follow(1, term: 1);
        _run.At(182);
        _run.Campaign(1, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_pre_vote_just_after_the_start_contradicts_it()
    {
        _run.At(150);

        _run.Contradicts(
            "n1 started at 00:00:00",
            "it asked for pre-votes of term 0 at 00:00:00.1500000, after 150 ms, "
            + "and its election timeout is at least 200 ms of true "
            + "time",
            () => _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 0)));
    }

    [Fact]
    public void A_campaign_may_follow_its_pre_vote_at_once()
    {
        _run.At(200);
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 0));
        _run.At(201);
        _run.Campaign(1, term: 1);
        _run.At(401);
        _run.Follow(1, term: 1);
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 1, attempt: 2));
        _run.At(402);
        _run.Campaign(1, term: 2);

        Assert.Equal(4, _run.Examined);
    }

    [Fact]
    public void A_node_that_is_told_to_take_over_need_not_wait()
    {
        _run.At(50);
        _run.Deliver(2, 1, Rpcs.TimeoutNow(2, term: 0));
        _run.Campaign(1, term: 1);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_node_that_was_told_in_another_term_has_to_wait()
    {
        _run.At(50);
        _run.Deliver(2, 1, Rpcs.TimeoutNow(2, term: 0));

        Early("started", since: 0, at: 50, term: 2);
    }

    [Fact]
    public void A_node_that_avoids_leading_waits_longer()
    {
        var run = new CheckedRun(new CampaignsNotEarly(), avoids: "n1");
        run.At(500);

        Assert.Throws<ViolationException>(() => run.Campaign(1, term: 1));
    }

    private void Heartbeat(double at)
    {
        _run.At(at);
        _run.Deliver(2, 1, Rpcs.Heartbeat(2, term: 0));
    }

    private void Early(string why, int since, int at, long term) => _run.Contradicts(
        $"n1 {why} at {TimeSpan.FromMilliseconds(since)}",
        $"it became candidate of term {term} at {TimeSpan.FromMilliseconds(at)}, after {at - since} ms, and its election timeout "
        + "is at least 200 ms of true time",
        () => _run.Campaign(1, term));
}

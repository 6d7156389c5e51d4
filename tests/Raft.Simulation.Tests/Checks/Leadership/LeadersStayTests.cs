using Raft.Simulation.Checks.Leadership;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Leadership;

/// <summary>The shortest election timeout is 200 ms: a majority that answers every 100 ms hears its leader.</summary>
public sealed class LeadersStayTests
{
    private readonly CheckedRun _run = new(new LeadersStay());
    private long _round;

    public LeadersStayTests() => _run.Lead(1, term: 1);

    [Fact]
    public void A_campaign_against_a_leader_that_a_majority_hears_contradicts_it()
    {
        Rounds(until: 500);
        _run.Send(3, 2, Rpcs.RequestPreVote(3, term: 1));
        Rounds(until: 550);

        _run.Contradicts(
            "1 other nodes answered n1, the leader of term 1, without a gap from 00:00:00.5000000 on",
            "n3 began a campaign of term 2 at 00:00:00.5500000",
            () => _run.Campaign(3, term: 2));
    }

    [Fact]
    public void So_does_one_without_a_pre_vote()
    {
        Rounds(until: 500);

        Assert.Throws<ViolationException>(() => _run.Campaign(3, term: 2));
    }

    [Fact]
    public void What_was_asked_before_the_majority_heard_the_leader_may_come_late()
    {
        _run.Send(3, 2, Rpcs.RequestPreVote(3, term: 1));
        Rounds(until: 500);
        _run.Campaign(3, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_that_answered_too_long_ago_may_not_hear_the_leader_any_more()
    {
        Rounds(until: 500);
        _run.At(601);
        _run.Campaign(3, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>The node may have handled the message long before, if it was paused or its disk was slow.</summary>
    [Fact]
    public void An_answer_to_an_old_round_tells_nothing_of_now()
    {
        Rounds(until: 500);
        _run.At(590);
        _run.Send(2, 1, Rpcs.Accepted(2, term: 1, match: 0, round: 1));
        _run.At(610);
        _run.Campaign(3, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_that_is_in_a_newer_term_by_now_does_not_count()
    {
        Rounds(until: 500);
        _run.Follow(2, term: 2);
        _run.Campaign(3, term: 3);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_leader_that_handed_over_may_be_followed()
    {
        Rounds(until: 500);
        _run.Send(1, 3, Rpcs.TimeoutNow(1, term: 1));
        _run.Campaign(3, term: 2);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void Without_pre_vote_leaders_may_be_deposed()
    {
        var run = new CheckedRun(new LeadersStay(), hocon: "raft.pre-vote = off");
        run.Lead(1, term: 1);
        run.Send(1, 2, Rpcs.Round(1, term: 1, round: 1));
        run.Send(2, 1, Rpcs.Accepted(2, term: 1, match: 0, round: 1));
        run.Campaign(3, term: 2);

        Assert.Equal(0, run.Examined);
    }

    /// <summary>Every 50 ms the leader begins a round, and n2 answers it.</summary>
    private void Rounds(double until)
    {
        for (var at = _run.Cluster.Now.TotalMilliseconds + 50; at <= until; at += 50)
        {
            _run.At(at);
            _run.Send(1, 2, Rpcs.Round(1, term: 1, ++_round));
            _run.Send(2, 1, Rpcs.Accepted(2, term: 1, match: 0, _round));
        }
    }
}

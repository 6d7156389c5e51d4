using Raft.Simulation.Checks.Leadership;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Leadership;

/// <summary>The shortest election timeout is 200 ms.</summary>
public sealed class LeaderStickinessTests
{
    private readonly CheckedRun _run = new(new LeaderStickiness());

    public LeaderStickinessTests()
    {
        _run.Lead(1, term: 1);
        _run.Follow(2, term: 1, leader: 1);
        _run.At(100);
        _run.Send(1, 2, Rpcs.Round(1, term: 1, round: 1));
        _run.At(110);
        _run.Send(2, 1, Rpcs.Accepted(2, term: 1, match: 0, round: 1));
    }

    [Fact]
    public void A_pre_vote_while_the_leader_is_heard_contradicts_it()
    {
        _run.At(290);

        _run.Contradicts(
            "n2 answered at 00:00:00.1100000 what n1, the leader of term 1, sent it at 00:00:00.1000000 or later",
            "it granted n3 a pre-vote at 00:00:00.2900000 that it was asked for at 00:00:00.2900000",
            Grant);
    }

    [Fact]
    public void A_pre_vote_after_the_timeout_is_right()
    {
        _run.At(301);
        Grant();

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_clock_that_runs_fast_makes_the_timeout_shorter()
    {
        _run[2].ClockRate = 1.1;
        _run.At(285);
        Grant();

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void What_was_asked_before_the_leader_was_heard_may_be_granted_late()
    {
        _run.At(320);
        _run.Deliver(3, 2, Rpcs.RequestPreVote(3, term: 1));
        _run.Send(1, 2, Rpcs.Round(1, term: 1, round: 2));
        _run.Send(2, 1, Rpcs.Accepted(2, term: 1, match: 0, round: 2));
        _run.At(330);
        _run.Send(2, 3, Rpcs.PreVoteGranted(2, term: 1));
        _run.At(340);
        _run.Send(2, 3, Rpcs.PreVoteGranted(2, term: 1));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_restart_does_not_make_it_forget()
    {
        _run.At(200);
        _run.Stop(2);
        _run.Start(2);

        Assert.Throws<ViolationException>(Grant);
    }

    [Theory]
    [InlineData(1190, false)]
    [InlineData(1200, true)]
    public void A_node_that_has_just_started_grants_none(int at, bool isRight)
    {
        _run.Stop(2);
        _run.At(1000);
        _run.Start(2);
        _run.At(at);

        if (isRight) Grant();
        else _run.Contradicts(
            "n2 started at 00:00:01",
            "it granted n3 a pre-vote at 00:00:01.1900000 that it was asked for at 00:00:01.1900000",
            Grant);
    }

    [Fact]
    public void A_leader_grants_none() => Assert.Throws<ViolationException>(() =>
    {
        _run.At(5000);
        _run.Deliver(3, 1, Rpcs.RequestPreVote(3, term: 1));
        _run.Send(1, 3, Rpcs.PreVoteGranted(1, term: 1));
    });

    [Fact]
    public void A_vote_while_the_leader_is_heard_contradicts_it()
    {
        _run.At(290);
        _run.Deliver(3, 2, Rpcs.RequestVote(3, term: 2));

        _run.Contradicts(
            "n2 answered at 00:00:00.1100000 what n1, the leader of term 1, sent it at 00:00:00.1000000 or later",
            "it voted for n3 in term 2 at 00:00:00.2900000",
            () => _run.Vote(2, term: 2, candidate: 3));
    }

    [Fact]
    public void A_vote_of_a_leader_contradicts_it() => _run.Contradicts(
        "n1 led term 1", "it voted for n3 in term 2 at 00:00:00.1100000", () => _run.Vote(1, term: 2, candidate: 3));

    [Fact]
    public void A_vote_in_the_name_of_the_leader_is_right()
    {
        _run.Deliver(3, 2, Rpcs.RequestVote(3, term: 2, isTransfer: true));
        _run.Vote(2, term: 2, candidate: 3);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_node_that_learned_of_a_newer_term_has_no_leader_any_more()
    {
        _run.At(250);
        _run.Follow(2, term: 2);
        _run.Vote(2, term: 3, candidate: 3);

        Assert.Equal(1, _run.Examined);
    }

    private void Grant()
    {
        _run.Deliver(3, 2, Rpcs.RequestPreVote(3, term: 1));
        _run.Send(2, 3, Rpcs.PreVoteGranted(2, term: 1));
    }
}

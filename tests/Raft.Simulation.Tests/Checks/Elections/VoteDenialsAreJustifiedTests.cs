using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

/// <summary>The shortest election timeout is 200 ms.</summary>
public sealed class VoteDenialsAreJustifiedTests
{
    private readonly CheckedRun _run = new(new VoteDenialsAreJustified());

    public VoteDenialsAreJustifiedTests() => _run.Append(1, CheckedRun.Entries(1, 2));

    [Fact]
    public void A_log_that_is_behind_may_be_refused()
    {
        _run.Deliver(2, 1, Rpcs.RequestVote(2, term: 3, lastIndex: 1, lastTerm: 1));
        _run.Send(1, 2, Rpcs.VoteDenied(1, term: 3, VoteDenial.LogNotUpToDate));
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 3, attempt: 7, lastIndex: 1, lastTerm: 1));
        _run.Send(1, 2, Rpcs.PreVoteDenied(1, term: 3, attempt: 7));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_log_that_is_up_to_date_contradicts_the_refusal_of_a_vote()
    {
        _run.Deliver(2, 1, Rpcs.RequestVote(2, term: 3, lastIndex: 2, lastTerm: 2));

        _run.Contradicts(
            "n2 asked n1 for its vote in term 3 with a log that ends with entry 2 of term 2",
            "n1 refused it as not up to date, and its own log never went beyond entry 2 of term 2",
            () => _run.Send(1, 2, Rpcs.VoteDenied(1, term: 3, VoteDenial.LogNotUpToDate)));
    }

    [Fact]
    public void A_log_that_is_up_to_date_contradicts_the_refusal_of_a_pre_vote()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 7, lastIndex: 5, lastTerm: 2));

        _run.Contradicts(
            "n2 asked n1 for its pre-vote in term 2 with a log that ends with entry 5 of term 2",
            "n1 refused it as not up to date, and its own log never went beyond entry 2 of term 2",
            () => _run.Send(1, 2, Rpcs.PreVoteDenied(1, term: 1, attempt: 7)));
    }

    [Fact]
    public void A_node_that_follows_a_leader_or_did_recently_may_say_so()
    {
        _run.At(1000);
        _run.Follow(1, term: 2, leader: 3);
        Refuse(at: 5000, attempt: 1);
        _run.Follow(1, term: 2);
        Refuse(at: 5200, attempt: 2);

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void A_node_that_has_just_started_may_have_heard_one()
    {
        Refuse(at: 200, attempt: 1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_node_that_has_known_no_leader_for_long_contradicts_it() => _run.Contradicts(
        "n1 knew of no leader, and did not start, since 00:00:00",
        "it refused n2 the pre-vote that it was asked for at 00:00:00.2100000, since it hears a leader",
        () => Refuse(at: 210, attempt: 1));

    private void Refuse(double at, long attempt)
    {
        _run.At(at);
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt));
        _run.Send(1, 2, Rpcs.PreVoteDenied(1, term: 2, attempt, VoteDenial.LeaderIsKnown));
    }
}

using Raft.Simulation.Checks.PreVotes;
using Xunit;

namespace Raft.Simulation.Tests.Checks.PreVotes;

public sealed class CampaignsWithPreVotesTests
{
    private readonly CheckedRun _run = new(new CampaignsWithPreVotes(), nodes: 5);

    [Fact]
    public void A_majority_that_granted_one_attempt_is_enough_the_candidate_counted()
    {
        Ask(attempt: 1);
        Grant(2, attempt: 1);
        Grant(3, attempt: 1);
        _run.Campaign(1, term: 1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_minority_contradicts_it_however_often_it_says_so()
    {
        Ask(attempt: 1);
        Grant(2, attempt: 1);
        Grant(2, attempt: 1);

        Few(2, term: 1);
    }

    [Fact]
    public void Grants_of_two_attempts_do_not_add_up()
    {
        Ask(attempt: 1);
        Grant(2, attempt: 1);
        Ask(attempt: 2);
        Grant(3, attempt: 2);

        Few(2, term: 1);
    }

    [Fact]
    public void Grants_of_an_earlier_term_do_not_count()
    {
        Ask(attempt: 1);
        Grant(2, attempt: 1);
        Grant(3, attempt: 1);
        _run.Follow(1, term: 1);

        Few(1, term: 2);
    }

    [Fact]
    public void Grants_of_an_earlier_life_do_not_count()
    {
        Ask(attempt: 1);
        Grant(2, attempt: 1);
        _run.Stop(1);
        _run.Start(1);
        Grant(3, attempt: 1);

        Few(1, term: 1);
    }

    [Fact]
    public void A_node_that_is_told_to_take_over_needs_none()
    {
        _run.Deliver(2, 1, Rpcs.TimeoutNow(2, term: 0));
        _run.Campaign(1, term: 1);
        _run.Send(1, 3, Rpcs.RequestVote(1, term: 1, isTransfer: true));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void Only_the_target_of_a_transfer_may_campaign_for_it() => _run.Contradicts(
        "no leader of term 0 told n1 to take over",
        "n1 asked n3 for a vote of term 1 as the target of a transfer",
        () => _run.Send(1, 3, Rpcs.RequestVote(1, term: 1, isTransfer: true)));

    private void Ask(long attempt) => _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 0, attempt));

    private void Grant(int from, long attempt) => _run.Deliver(from, 1, Rpcs.PreVoteGranted(from, term: 0, attempt));

    private void Few(int granted, long term) => _run.Contradicts(
        $"{granted} of 5 nodes granted n1 a pre-vote of term {term - 1}, itself counted",
        $"n1 became candidate of term {term}",
        () => _run.Campaign(1, term));
}

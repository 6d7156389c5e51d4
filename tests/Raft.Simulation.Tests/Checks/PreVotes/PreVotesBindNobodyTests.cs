using Raft.Simulation.Checks.PreVotes;
using Xunit;

namespace Raft.Simulation.Tests.Checks.PreVotes;

public sealed class PreVotesBindNobodyTests
{
    private readonly CheckedRun _run = new(new PreVotesBindNobody());

    [Fact]
    public void A_term_from_another_message_and_a_requested_vote_are_correct()
    {
        _run.Deliver(2, 1, Rpcs.Heartbeat(2, term: 3));
        _run.Follow(1, term: 3, leader: 2);
        _run.Deliver(3, 1, Rpcs.RequestVote(3, term: 4));
        _run.Vote(1, term: 4, candidate: 3);
        _run.WriteTerm(1, 4);
        _run.WriteTerm(1, 4, vote: 3);

        Assert.Equal(5, _run.Examined);
    }

    [Fact]
    public void A_node_that_is_ahead_tells_its_term_when_it_denies()
    {
        _run.Deliver(2, 1, Rpcs.PreVoteDenied(2, term: 5));
        _run.Follow(1, term: 5);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_campaign_raises_the_own_term()
    {
        _run.Campaign(1, term: 1);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void The_term_of_a_pre_vote_is_not_adopted()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 5));
        _run.Deliver(3, 1, Rpcs.PreVoteGranted(3, term: 5));

        _run.Contradicts(
            "no message of term 5 reached n1, but for pre-votes", "n1 left term 0 for it", () => _run.Follow(1, term: 5));
    }

    [Fact]
    public void A_pre_vote_is_no_request_for_a_vote()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 0));

        _run.Contradicts(
            "no request of n2 for a vote of term 0 reached n1", "n1 voted for n2", () => _run.Vote(1, term: 0, candidate: 2));
    }

    [Fact]
    public void What_is_on_disk_is_not_written_again()
    {
        _run.WriteTerm(1, 4, vote: 3);

        _run.Contradicts(
            "the disk of n1 had term 4 with a vote for n3", "the same was written again", () => _run.WriteTerm(1, 4, vote: 3));
    }
}

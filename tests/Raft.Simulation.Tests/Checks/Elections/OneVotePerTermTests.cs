using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class OneVotePerTermTests
{
    private readonly CheckedRun _run = new(new OneVotePerTerm());

    [Fact]
    public void One_vote_in_each_term_is_right_however_often_it_is_told()
    {
        _run.Vote(1, term: 2, candidate: 2);
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 2));
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 2));
        _run.Follow(1, term: 2, leader: 2);
        _run.Campaign(1, term: 3);
        _run.Send(1, 2, Rpcs.RequestVote(1, term: 3));
        _run.Send(1, 3, Rpcs.RequestVote(1, term: 3));

        Assert.Equal(5, _run.Examined);
    }

    [Fact]
    public void A_vote_that_changes_contradicts_it()
    {
        _run.Vote(1, term: 2, candidate: 2);

        _run.Contradicts(
            "n1 voted for n2 in term 2", "it voted for n3 in that term too", () => _run.Vote(1, term: 2, candidate: 3));
    }

    [Fact]
    public void A_vote_that_is_forgotten_contradicts_it()
    {
        _run.Vote(1, term: 2, candidate: 2);

        _run.Contradicts(
            "n1 voted for n2 in term 2",
            "it forgot that vote in that term",
            () => _run.Change(1, s => s with { VotedFor = null }));
    }

    [Fact]
    public void A_second_vote_after_a_restart_contradicts_it()
    {
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 2));
        _run.Stop(1);
        _run.Start(1);

        _run.Contradicts(
            "n1 gave its vote of term 2 to n2",
            "it gave its vote of that term to n3 too",
            () => _run.Send(1, 3, Rpcs.VoteGranted(1, term: 2)));
    }

    [Fact]
    public void A_candidate_that_votes_for_another_contradicts_it()
    {
        _run.Send(1, 2, Rpcs.RequestVote(1, term: 2));

        _run.Contradicts(
            "n1 gave its vote of term 2 to n1",
            "it gave its vote of that term to n3 too",
            () => _run.Send(1, 3, Rpcs.VoteGranted(1, term: 2)));
    }
}

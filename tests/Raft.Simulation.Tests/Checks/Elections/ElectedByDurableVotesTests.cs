using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class ElectedByDurableVotesTests
{
    private readonly CheckedRun _run = new(new ElectedByDurableVotes());

    public ElectedByDurableVotesTests() => _run.WriteTerm(1, 2, vote: 1);

    [Fact]
    public void A_leader_with_the_votes_of_a_majority_on_disk_is_right()
    {
        _run.WriteTerm(2, 2, vote: 1);
        _run.Lead(1, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_vote_that_was_sent_counts_even_if_a_later_term_was_written_instead()
    {
        _run.WriteTerm(2, 3);
        _run.Send(2, 1, Rpcs.VoteGranted(2, term: 2));
        _run.Lead(1, term: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_leader_without_a_majority_contradicts_it() => _run.Contradicts(
        "1 of 3 nodes voted durably for n1 in term 2", "n1 became leader of term 2", () => _run.Lead(1, term: 2));

    [Fact]
    public void A_vote_that_was_sent_and_not_written_does_not_count()
    {
        _run.Send(2, 1, Rpcs.VoteGranted(2, term: 2));

        _run.Contradicts(
            "1 of 3 nodes voted durably for n1 in term 2", "n1 became leader of term 2", () => _run.Lead(1, term: 2));
    }

    [Fact]
    public void Votes_of_another_term_or_for_another_candidate_do_not_count()
    {
        _run.WriteTerm(2, 1, vote: 1);
        _run.WriteTerm(3, 2, vote: 3);

        _run.Contradicts(
            "1 of 3 nodes voted durably for n1 in term 2", "n1 became leader of term 2", () => _run.Lead(1, term: 2));
    }
}

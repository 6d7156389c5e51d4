using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class TermsRiseTests
{
    private readonly CheckedRun _run = new(new TermsRise());

    [Fact]
    public void A_term_that_rises_and_is_found_again_on_disk_is_right()
    {
        _run.Follow(1, term: 3);
        _run.WriteTerm(1, 3);
        _run.Send(1, 2, Rpcs.VoteDenied(1, term: 3));
        _run.Follow(1, term: 4);
        _run.Stop(1);
        _run.Start(1);

        Assert.Equal(new Term(3), _run[1].State.Term);
        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void A_running_node_whose_term_falls_contradicts_it()
    {
        _run.Follow(1, term: 3);

        _run.Contradicts("n1 was in term 3", "it went back to term 2", () => _run.Follow(1, term: 2));
    }

    [Fact]
    public void A_node_that_starts_below_the_term_on_its_disk_contradicts_it()
    {
        _run.WriteTerm(1, 3);
        _run.Stop(1);

        _run.Contradicts(
            "n1 went down with term 3 on its disk",
            "it started again in term 2",
            () => _run.Start(1, s => s with { Term = new Term(2) }));
    }

    [Fact]
    public void A_node_that_starts_below_a_term_in_which_it_made_a_promise_contradicts_it()
    {
        _run.Follow(1, term: 3);
        _run.Send(1, 2, Rpcs.VoteGranted(1, term: 3));
        _run.Stop(1);

        _run.Contradicts("n1 had sent a promise of term 3", "it started again in term 0", () => _run.Start(1));
    }

    [Fact]
    public void That_it_knows_a_newer_term_is_no_promise()
    {
        _run.Follow(1, term: 3);
        _run.Send(1, 2, Rpcs.Outdated(1, term: 3));
        _run.Stop(1);
        _run.Start(1);

        Assert.Equal(2, _run.Examined);
    }
}

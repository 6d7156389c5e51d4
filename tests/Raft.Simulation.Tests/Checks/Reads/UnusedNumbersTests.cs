using Raft.Simulation.Checks.Reads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Reads;

public sealed class UnusedNumbersTests
{
    private readonly CheckedRun _run = new(new UnusedNumbers());

    [Fact]
    public void A_question_may_be_repeated_and_other_questions_and_nodes_have_numbers_of_their_own()
    {
        _run.Send(1, 2, Rpcs.RequestReadIndex(1, term: 1, readId: 7));
        _run.Send(1, 2, Rpcs.RequestReadIndex(1, term: 1, readId: 7));
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 1, attempt: 7));
        _run.Send(3, 2, Rpcs.RequestReadIndex(3, term: 1, readId: 7));
        _run.Start(1);
        _run.Send(1, 2, Rpcs.RequestReadIndex(1, term: 1, readId: 8));

        Assert.Equal(5, _run.Examined);
    }

    [Fact]
    public void A_number_that_a_previous_incarnation_used_contradicts_it()
    {
        _run.Send(1, 2, Rpcs.RequestReadIndex(1, term: 1, readId: 7));
        _run.Start(1);
        _run.Contradicts(
            "n1 gave number 7 to a RequestReadIndex after start 1",
            "it gave it to another one after start 2",
            () => _run.Send(1, 3, Rpcs.RequestReadIndex(1, term: 2, readId: 7)));
    }

    [Fact]
    public void So_it_is_with_pre_votes()
    {
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 1, attempt: 7));
        _run.Start(1);
        _run.Contradicts(
            "n1 gave number 7 to a RequestPreVote after start 1",
            "it gave it to another one after start 2",
            () => _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 1, attempt: 7)));
    }
}

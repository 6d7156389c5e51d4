using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class VotesForUpToDateLogsTests
{
    private readonly CheckedRun _run = new(new VotesForUpToDateLogs());

    public VotesForUpToDateLogsTests() => _run.Append(1, CheckedRun.Entries(1, 1, 3));

    /// <summary>The voter's log ends with entry 3 of term 3.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 4)]
    public void A_vote_for_a_log_that_is_as_up_to_date_is_right(long lastIndex, long lastTerm)
    {
        _run.Send(2, 1, Rpcs.RequestVote(2, term: 5, lastIndex, lastTerm));
        _run.Vote(1, term: 5, candidate: 2);

        Assert.Equal(1, _run.Examined);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(9, 2)]
    public void A_vote_for_a_log_that_is_behind_contradicts_it(long lastIndex, long lastTerm)
    {
        _run.Send(2, 1, Rpcs.RequestVote(2, term: 5, lastIndex, lastTerm));

        _run.Contradicts(
            "the log of n1 had entry 3 of term 3",
            $"it voted in term 5 for n2, whose log ends with entry {lastIndex} of term {lastTerm}",
            () => _run.Vote(1, term: 5, candidate: 2));
    }

    [Fact]
    public void A_vote_for_a_node_that_did_not_ask_contradicts_it()
    {
        _run.Send(2, 1, Rpcs.RequestVote(2, term: 4, lastIndex: 3, lastTerm: 3));

        _run.Contradicts(
            "n2 sent no request for a vote of term 5",
            "n1 voted for n2 in term 5",
            () => _run.Vote(1, term: 5, candidate: 2));
    }

    [Fact]
    public void A_vote_for_itself_and_one_that_is_read_back_are_not_looked_at()
    {
        _run.Campaign(2, term: 5);
        _run.WriteTerm(3, 5, vote: 2);
        _run.Stop(3);
        _run.Start(3);

        Assert.Equal(0, _run.Examined);
    }

    [Fact]
    public void A_log_that_grew_in_the_same_step_was_shorter_when_the_node_voted()
    {
        _run.Send(2, 1, Rpcs.RequestVote(2, term: 5, lastIndex: 3, lastTerm: 3));
        _run[1].Log.Append([CheckedRun.Entry(4, 5)]);
        _run.Change(1, s => s with { Term = new Term(5), VotedFor = CheckedRun.Id(2) }, firstChanged: 4);

        Assert.Equal(1, _run.Examined);
    }
}

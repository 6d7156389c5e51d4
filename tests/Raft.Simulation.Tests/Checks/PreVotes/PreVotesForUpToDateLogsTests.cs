using Raft.Simulation.Checks.PreVotes;
using Xunit;

namespace Raft.Simulation.Tests.Checks.PreVotes;

public sealed class PreVotesForUpToDateLogsTests
{
    private readonly CheckedRun _run = new(new PreVotesForUpToDateLogs());

    public PreVotesForUpToDateLogsTests() => _run.Append(1, CheckedRun.Entries(1, 2));

    [Fact]
    public void A_log_that_is_up_to_date_may_be_granted()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 1, lastIndex: 2, lastTerm: 2));
        _run.Send(1, 2, Rpcs.PreVoteGranted(1, term: 2));

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void What_came_into_the_log_afterwards_does_not_count()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 1, lastIndex: 2, lastTerm: 2));
        _run.Append(1, CheckedRun.Entry(3, 2));
        _run.Send(1, 2, Rpcs.PreVoteGranted(1, term: 2));

        Assert.Equal(1, _run.Examined);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(1, 2)]
    public void A_log_that_is_behind_contradicts_it(long lastIndex, long lastTerm)
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 1, lastIndex, lastTerm));

        _run.Contradicts(
            $"n2 asked n1 for a pre-vote with a log that ends with entry {lastIndex} of term {lastTerm}",
            "n1 granted it, and its own log always went at least to entry 2 of term 2",
            () => _run.Send(1, 2, Rpcs.PreVoteGranted(1, term: 2)));
    }

    [Fact]
    public void An_older_term_contradicts_it()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 1, lastIndex: 2, lastTerm: 2));

        _run.Contradicts(
            "n2 asked n1 for a pre-vote of term 2",
            "n1 granted it in term 3",
            () => _run.Send(1, 2, Rpcs.PreVoteGranted(1, term: 3)));
    }

    [Fact]
    public void A_grant_without_a_request_contradicts_it()
    {
        _run.Deliver(2, 1, Rpcs.RequestPreVote(2, term: 2, attempt: 1, lastIndex: 2, lastTerm: 2));

        _run.Contradicts(
            "no attempt 2 of n2 reached n1", "n1 granted it", () => _run.Send(1, 2, Rpcs.PreVoteGranted(1, term: 2, attempt: 2)));
    }
}

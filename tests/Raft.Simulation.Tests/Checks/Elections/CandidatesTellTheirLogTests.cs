using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class CandidatesTellTheirLogTests
{
    private readonly CheckedRun _run = new(new CandidatesTellTheirLog());

    public CandidatesTellTheirLogTests() => _run.Append(1, CheckedRun.Entries(1, 2));

    [Fact]
    public void The_last_entry_of_the_own_log_is_right()
    {
        _run.Send(1, 2, Rpcs.RequestVote(1, term: 3, lastIndex: 2, lastTerm: 2));

        Assert.Equal(1, _run.Examined);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(1, 1)]
    public void Another_entry_contradicts_it(long lastIndex, long lastTerm) => _run.Contradicts(
        "the log of n1 ends with entry 2 of term 2",
        $"it asked n2 for its vote of term 3 with entry {lastIndex} of term {lastTerm}",
        () => _run.Send(1, 2, Rpcs.RequestVote(1, term: 3, lastIndex, lastTerm)));

    [Fact]
    public void A_pre_vote_tells_it_too()
    {
        _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 2, lastIndex: 2, lastTerm: 2));

        _run.Contradicts(
            "the log of n1 ends with entry 2 of term 2",
            "it asked n2 for its pre-vote of term 2 with entry 3 of term 2",
            () => _run.Send(1, 2, Rpcs.RequestPreVote(1, term: 2, lastIndex: 3, lastTerm: 2)));
    }
}

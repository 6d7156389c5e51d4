using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Clients;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Clients;

public sealed class AnswersAreCommittedTests
{
    private readonly CheckedRun _run = new(new AnswersAreCommitted());

    public AnswersAreCommittedTests()
    {
        _run.Append(1, CheckedRun.Entries(1, 1));
        _run.Commit(1, 1);
    }

    [Fact]
    public void An_answer_from_a_committed_state_is_right()
    {
        Answer(1);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void An_answer_from_beyond_contradicts_it() => _run.Contradicts(
        "no node has committed more than entry 1", "n2 answered request 5 of c1 from a state of index 2", () => Answer(2));

    private void Answer(long index) => _run.Reply(2, "c1", new QueryAnswered(5, new LogIndex(index), default));
}

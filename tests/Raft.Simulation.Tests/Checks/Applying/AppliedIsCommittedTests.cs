using Raft.Simulation.Checks.Applying;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Applying;

public sealed class AppliedIsCommittedTests
{
    private readonly CheckedRun _run = new(new AppliedIsCommitted());

    public AppliedIsCommittedTests()
    {
        _run.Append(1, CheckedRun.Entry(1, 1, "a"), CheckedRun.Entry(2, 1, "b"));
        _run.Commit(1, 1);
    }

    [Fact]
    public void A_committed_command_of_the_own_log_is_right()
    {
        _run.Apply(1, index: 1, "a");

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_command_that_is_not_committed_contradicts_it() => _run.Contradicts(
        "n1 has committed up to 1", "it applied a command at index 2", () => _run.Apply(1, index: 2, "b"));

    [Fact]
    public void A_command_that_is_not_in_the_log_contradicts_it() => _run.Contradicts(
        "entry 1 of n1 is a Command of term 1 with 1 bytes",
        "it applied another command of 1 bytes there",
        () => _run.Apply(1, index: 1, "z"));
}

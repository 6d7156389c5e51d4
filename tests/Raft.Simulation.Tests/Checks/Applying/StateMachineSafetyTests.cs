using Raft.Simulation.Checks.Applying;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Applying;

public sealed class StateMachineSafetyTests
{
    private readonly CheckedRun _run = new(new StateMachineSafety());

    [Fact]
    public void The_same_command_at_the_same_index_is_right()
    {
        _run.Apply(1, index: 2, "a");
        _run.Apply(1, index: 3, "b");
        _run.Apply(2, index: 2, "a");

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void Different_commands_at_an_index_contradict_it()
    {
        _run.Apply(1, index: 2, "a");

        _run.Contradicts(
            $"n1 applied a command of hash {CheckedRun.Hash("a")} at index 2",
            $"n3 applied one of hash {CheckedRun.Hash("b")} there",
            () => _run.Apply(3, index: 2, "b"));
    }
}

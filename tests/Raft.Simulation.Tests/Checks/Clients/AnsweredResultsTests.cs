using Raft.Simulation.Checks.Clients;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Clients;

public sealed class AnsweredResultsTests
{
    private readonly CheckedRun _run = new(new AnsweredResults());

    public AnsweredResultsTests() => _run.Apply(1, index: 2, "a", "one");

    [Fact]
    public void The_state_machines_result_is_right()
    {
        _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1, "one");

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void Another_result_contradicts_it() => _run.Contradicts(
        $"the command at index 2 was applied with a result of hash {CheckedRun.Hash("one")}",
        "n1 told c1 another result of 3 bytes for its request 7",
        () => _run.Acknowledge(1, "c1", id: 7, index: 2, term: 1, "two"));

    [Fact]
    public void A_result_of_a_command_that_no_node_applied_contradicts_it() => _run.Contradicts(
        "no node has applied a command at index 3",
        "n1 told c1 that its request 7 was applied there",
        () => _run.Acknowledge(1, "c1", id: 7, index: 3, term: 1, "one"));
}

using Raft.Simulation.Checks.Applying;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Applying;

public sealed class AppliedPrefixesTests
{
    private readonly CheckedRun _run = new(new AppliedPrefixes());

    public AppliedPrefixesTests()
    {
        _run.Apply(1, index: 2, "a", "1");
        _run.Apply(1, index: 3, "b", "2");
        _run.Apply(1, index: 5, "c", "3");
    }

    [Fact]
    public void Every_node_goes_the_same_way_again_after_each_start()
    {
        _run.Apply(2, index: 2, "a", "1");
        _run.Stop(1);
        _run.Start(1);
        _run.Apply(1, index: 2, "a", "1");
        _run.Apply(2, index: 3, "b", "2");
        _run.Apply(1, index: 3, "b", "2");
        _run.Apply(1, index: 5, "c", "3");
        _run.Apply(1, index: 6, "d", "4");

        Assert.Equal(9, _run.Examined);
    }

    [Fact]
    public void A_command_that_is_skipped_contradicts_it()
    {
        _run.Apply(2, index: 2, "a", "1");

        _run.Contradicts(
            "n1 applied its command number 2 at index 3",
            "n2 applied its own at index 5",
            () => _run.Apply(2, index: 5, "c", "3"));
    }

    [Fact]
    public void A_restarted_node_that_does_not_begin_at_the_beginning_contradicts_it()
    {
        _run.Stop(1);
        _run.Start(1);

        _run.Contradicts(
            "n1 applied its command number 1 at index 2",
            "n1 applied its own at index 6",
            () => _run.Apply(1, index: 6, "d", "4"));
    }

    [Fact]
    public void An_index_applied_twice_contradicts_it() => _run.Contradicts(
        "n1 applied index 5", "it applied index 5 after it", () => _run.Apply(1, index: 5, "c", "3"));

    [Fact]
    public void Another_command_contradicts_it() => _run.Contradicts(
        $"n1 applied a command of hash {CheckedRun.Hash("a")} at index 2",
        $"n2 applied one of hash {CheckedRun.Hash("b")} there",
        () => _run.Apply(2, index: 2, "b", "1"));

    [Fact]
    public void Another_result_contradicts_it()
    {
        var violation = Assert.Throws<ViolationException>(() => _run.Apply(2, index: 2, "a", "2"));

        Assert.StartsWith("n1 applied index 2 with a result of hash ", violation.Violation.Fact, StringComparison.Ordinal);
        Assert.StartsWith(
            "n2 applied the same command with a result of hash ", violation.Violation.Contradiction, StringComparison.Ordinal);
    }
}

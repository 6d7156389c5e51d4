using Raft.Simulation.Checks.Liveness;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Liveness;

public sealed class NoUnexplainedFailureTests
{
    [Fact]
    public void A_run_without_failures_is_right()
    {
        var run = new CheckedRun(new NoUnexplainedFailure());
        run.End();

        Assert.Equal(1, run.Examined);
    }

    [Fact]
    public void A_failure_that_no_fault_explains_is_a_contradiction()
    {
        var check = new NoUnexplainedFailure();
        var run = new CheckedRun(check);

        var violation = Assert.Throws<ViolationException>(() => check.OnUnexplainedFailure(
            run.Cluster, "n1", new InvalidOperationException("Entry 5 is missing."), "stopped"));

        Assert.Equal("no fault explains a failure of n1", violation.Violation.Fact);
        Assert.Equal(
            "it said: stopped (InvalidOperationException: Entry 5 is missing.)", violation.Violation.Contradiction);
    }
}

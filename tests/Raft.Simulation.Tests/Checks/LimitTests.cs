using Raft.Simulation.Checks;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

/// <summary>Checks of the machinery: sizes, queues and failures.</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_message_that_fits_its_frame_is_right()
    {
        var check = new FrameLimit(10_000);
        check.OnEncoded("n1", "n2", "message", 5_904);

        Assert.Equal(1, check.Examined);
    }

    [Fact]
    public void A_message_that_leaves_no_room_for_the_envelope_contradicts_the_frame_limit()
    {
        var check = new FrameLimit(10_000);

        new CheckedRun(check).Contradicts(
            "a frame has at most 10000 bytes, 4096 of them for the envelope",
            "n1 sent n2 String of 5905 bytes",
            () => check.OnEncoded("n1", "n2", "message", 5_905));
    }

    [Fact]
    public void The_default_frame_is_the_one_of_the_configuration()
    {
        var check = new FrameLimit();
        check.OnEncoded("n1", "n2", "message", (1024 * 1024) - 4096);

        Assert.Throws<ViolationException>(() => check.OnEncoded("n1", "n2", "message", 1024 * 1024));
    }

    [Fact]
    public void A_queue_within_the_limit_is_right()
    {
        var check = new BoundedQueues(limit: 3);
        check.OnQueue("n1 → n2", 3);

        Assert.Equal(1, check.Examined);
    }

    [Fact]
    public void A_longer_queue_contradicts_the_limit()
    {
        var check = new BoundedQueues(limit: 3);

        new CheckedRun(check).Contradicts(
            "at most 3 messages may wait in a queue", "4 wait in n1 → n2", () => check.OnQueue("n1 → n2", 4));
    }

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

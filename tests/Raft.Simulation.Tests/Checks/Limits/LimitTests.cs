using Raft.Simulation.Checks.Limits;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Limits;

/// <summary>Checks of sizes and queues.</summary>
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
}

using Raft.Simulation.Engine;
using Xunit;

namespace Raft.Simulation.Tests.Engine;

/// <summary>Clocks run fast or slow and never jump: leases and leader stickiness depend on this.</summary>
public sealed class ClockTests
{
    private readonly SimulatedProcess _process = new("n1-1", 1);

    [Fact]
    public void A_clock_is_right_until_its_rate_changes()
    {
        Assert.Equal(Seconds(7), _process.Clock(Seconds(7)));
        _process.SetClockRate(1.1, Seconds(10));

        Assert.Equal(Seconds(10), _process.Clock(Seconds(10)));
        Assert.Equal(Seconds(21), _process.Clock(Seconds(20)));
    }

    [Fact]
    public void A_change_of_the_rate_makes_no_jump()
    {
        _process.SetClockRate(0.9, Seconds(10));
        _process.SetClockRate(1.1, Seconds(20));

        Assert.Equal(Seconds(19), _process.Clock(Seconds(20)));
        Assert.Equal(Seconds(30), _process.Clock(Seconds(30)));
        _process.SetClockRate(1, Seconds(30));
        Assert.Equal(Seconds(31), _process.Clock(Seconds(31)));
    }

    [Fact]
    public void A_process_that_starts_on_a_machine_whose_clock_drifts_starts_with_the_right_time()
    {
        _process.SetClockRate(1.1, Seconds(100));

        Assert.Equal(Seconds(100), _process.Clock(Seconds(100)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

using Raft.Faults.Checks;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class OutageTests
{
    [Fact]
    public void It_is_the_longest_time_between_two_acknowledgements() =>
        Assert.Equal(Seconds(3), Longest([1, 2, 5, 6], begin: 1, end: 7));

    [Fact]
    public void It_starts_with_the_last_acknowledgement_before_the_fault() =>
        Assert.Equal(Seconds(4), Longest([1, 5, 6], begin: 2, end: 7));

    [Fact]
    public void Time_before_the_fault_does_not_count() =>
        Assert.Equal(Seconds(1), Longest([1, 9, 10, 11], begin: 9, end: 12));

    [Fact]
    public void It_lasts_to_the_end_if_no_more_writes_are_acknowledged() =>
        Assert.Equal(Seconds(8), Longest([1, 2], begin: 1, end: 10));

    private static TimeSpan Longest(double[] acknowledged, double begin, double end) =>
        Outage.Longest([.. acknowledged.Select(Seconds)], Seconds(begin), Seconds(end));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

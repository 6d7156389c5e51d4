using Raft.Faults.Checks;
using Xunit;

namespace Raft.Faults.Tests;

public sealed class OutageTests
{
    [Fact]
    public void It_is_the_longest_time_between_two_acknowledgements() =>
        Assert.Equal(Seconds(3), Longest([1, 2, 5, 6], begin: 1, end: 7));

    [Fact]
    public void It_begins_with_the_last_acknowledgement_before_the_fault() =>
        Assert.Equal(Seconds(4), Longest([1, 5, 6], begin: 2, end: 7));

    [Fact]
    public void What_was_before_the_fault_does_not_count() =>
        Assert.Equal(Seconds(1), Longest([1, 9, 10, 11], begin: 9, end: 12));

    [Fact]
    public void It_lasts_to_the_end_where_no_write_is_acknowledged_any_more() =>
        Assert.Equal(Seconds(8), Longest([1, 2], begin: 1, end: 10));

    private static TimeSpan Longest(double[] acknowledged, double begin, double end) =>
        Outage.Longest([.. acknowledged.Select(Seconds)], Seconds(begin), Seconds(end));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

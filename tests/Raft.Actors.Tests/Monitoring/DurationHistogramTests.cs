using CsCheck;
using Raft.Actors.Monitoring;
using Xunit;

namespace Raft.Actors.Tests.Monitoring;

public sealed class DurationHistogramTests
{
    [Fact]
    public void Nothing_has_no_quantiles() => Assert.Equal((0, null, null), new DurationHistogram().Drain());

    [Fact]
    public void Taking_begins_anew()
    {
        var histogram = new DurationHistogram();
        histogram.Add(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, histogram.Drain().Count);
        Assert.Equal(0, histogram.Drain().Count);
    }

    [Fact]
    public void Quantiles_are_never_too_low_and_an_eighth_too_high_at_the_most() =>
        Gen.Long[0, 3_600_000_000].Array[1, 300].Sample(microseconds =>
        {
            var histogram = new DurationHistogram();
            foreach (var duration in microseconds) histogram.Add(TimeSpan.FromMicroseconds(duration));

            var (count, p50, p99) = histogram.Drain();

            Array.Sort(microseconds);
            Assert.Equal(microseconds.Length, count);
            AssertNear(microseconds[(microseconds.Length - 1) / 2], p50);
            AssertNear(microseconds[microseconds.Length - 1 - (microseconds.Length / 100)], p99);
        });

    private static void AssertNear(long exact, TimeSpan? quantile) =>
        Assert.InRange(quantile!.Value.TotalMicroseconds, exact, exact * 1.125);
}

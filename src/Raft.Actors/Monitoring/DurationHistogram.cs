using System.Numerics;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Counts durations from a microsecond to an hour in buckets. Each bucket is an eighth of a power of two wide, so a quantile is
/// at most an eighth too high. Any number of threads may add; one thread drains.
/// </summary>
internal sealed class DurationHistogram
{
    private const int Steps = 8;
    private readonly long[] _buckets = new long[Steps * 33];

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration) => Interlocked.Increment(ref _buckets[BucketOf(duration)]);

    /// <summary>Returns all counts and resets them.</summary>
    /// <returns>The number of durations and two quantiles; the quantiles are null if there were none.</returns>
    public (long Count, TimeSpan? P50, TimeSpan? P99) Drain()
    {
        var counts = new long[_buckets.Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = Interlocked.Exchange(ref _buckets[i], 0);
        var total = counts.Sum();
        return total == 0 ? (0, null, null) : (total, Quantile(counts, (total + 1) / 2), Quantile(counts, total - (total / 100)));
    }

    private static TimeSpan Quantile(long[] counts, long rank)
    {
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket]) bucket++;
        return TimeSpan.FromMicroseconds(EndOf(bucket));
    }

    private int BucketOf(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(duration.TotalMicroseconds, 0);
        if (microseconds < Steps) return (int)microseconds;
        var power = BitOperations.Log2(microseconds) - 3;
        return Math.Min((int)((ulong)(Steps * power) + (microseconds >> power)), _buckets.Length - 1);
    }

    /// <summary>The longest duration in a bucket, in microseconds.</summary>
    private static double EndOf(int bucket)
    {
        if (bucket < 2 * Steps) return bucket;
        var power = (bucket / Steps) - 1;
        return (((long)(bucket % Steps) + Steps + 1) << power) - 1;
    }
}

using System.Numerics;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Counts durations from a microsecond to an hour in buckets, each an eighth of a power of two wide, so that a quantile is at the
/// most an eighth too high. Many threads may add; one takes.
/// </summary>
internal sealed class DurationHistogram
{
    private const int Steps = 8;
    private readonly long[] _buckets = new long[Steps * 33];

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration) => Interlocked.Increment(ref _buckets[BucketOf(duration)]);

    /// <summary>Takes all counts and begins anew.</summary>
    /// <returns>How many there were, and two quantiles; null where there was none.</returns>
    public (long Count, TimeSpan? P50, TimeSpan? P99) Take()
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

    /// <summary>The last duration of a bucket, in microseconds.</summary>
    private static double EndOf(int bucket)
    {
        if (bucket < 2 * Steps) return bucket;
        var power = (bucket / Steps) - 1;
        return (((long)(bucket % Steps) + Steps + 1) << power) - 1;
    }
}

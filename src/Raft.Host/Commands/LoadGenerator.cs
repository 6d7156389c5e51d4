using System.Diagnostics;

namespace Raft.Host.Commands;

/// <summary>Runs a fixed number of concurrent clients and measures the latency of each request.</summary>
internal static class LoadGenerator
{
    /// <param name="clients">The number of clients, each with one request in flight.</param>
    /// <param name="count">The total number of requests.</param>
    /// <param name="request">Sends one request, given its number.</param>
    /// <param name="progress">Receives the number of completed requests from time to time.</param>
    public static async Task<LoadResult> RunAsync(
        int clients, int count, Func<int, Task> request, Action<int>? progress = null)
    {
        var latencies = new double[count];
        int next = 0, done = 0, errors = 0;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();

        async Task Client()
        {
            for (var i = Interlocked.Increment(ref next) - 1; i < count; i = Interlocked.Increment(ref next) - 1)
            {
                var begun = Stopwatch.GetTimestamp();
                try
                {
                    await request(i).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // Any failure of a request counts as one error.
                catch (Exception)
#pragma warning restore CA1031
                {
                    Interlocked.Increment(ref errors);
                }

                latencies[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                progress?.Invoke(Interlocked.Increment(ref done));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(Client))).ConfigureAwait(false);
        var elapsed = clock.Elapsed;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Array.Sort(latencies);
        return new LoadResult(
            count / elapsed.TotalSeconds,
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.99),
            latencies[^1],
            allocated / (double)count,
            errors);
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

/// <summary>The result of a load run.</summary>
/// <param name="OpsPerSecond">Requests per second.</param>
/// <param name="P50Ms">Median latency in milliseconds.</param>
/// <param name="P99Ms">99th percentile of the latency in milliseconds.</param>
/// <param name="MaxMs">Maximum latency in milliseconds.</param>
/// <param name="AllocatedBytes">Bytes that this process allocated per request.</param>
/// <param name="Errors">The number of failed requests.</param>
internal sealed record LoadResult(
    double OpsPerSecond, double P50Ms, double P99Ms, double MaxMs, double AllocatedBytes, int Errors);

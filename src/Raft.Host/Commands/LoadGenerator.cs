using System.Diagnostics;

namespace Raft.Host.Commands;

/// <summary>Keeps a number of clients busy, each with one request under way, and measures how long each request takes.</summary>
internal static class LoadGenerator
{
    /// <param name="clients">Clients, each with one request under way.</param>
    /// <param name="count">Requests in all.</param>
    /// <param name="request">Does one request; gets its number.</param>
    /// <param name="progress">Hears how many requests are done, now and then.</param>
    public static async Task<LoadResult> RunAsync(
        int clients, int count, Func<int, Task> request, Action<int>? progress = null)
    {
        var latencies = new double[count];
        int next = 0, done = 0, errors = 0;
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
#pragma warning disable CA1031 // Whatever goes wrong with a request is one error of the measurement.
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
        Array.Sort(latencies);
        return new LoadResult(
            count / elapsed.TotalSeconds, Percentile(latencies, 0.5), Percentile(latencies, 0.99), latencies[^1], errors);
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

/// <summary>What a load run measured.</summary>
/// <param name="OpsPerSecond">Requests a second.</param>
/// <param name="P50Ms">Median latency in milliseconds.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="MaxMs">Longest.</param>
/// <param name="Errors">Requests that failed.</param>
internal sealed record LoadResult(double OpsPerSecond, double P50Ms, double P99Ms, double MaxMs, int Errors);

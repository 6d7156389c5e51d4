using System.Globalization;
using Raft.Host.Commands;

namespace Raft.Benchmarks;

/// <summary>Measures several clusters with the same load, in turn, and prints their medians side by side.</summary>
/// <param name="clients">Numbers of clients.</param>
/// <param name="rounds">The number of times that each cluster is measured.</param>
/// <param name="data">Folder for the journals.</param>
internal sealed class Comparison(IReadOnlyList<int> clients, int rounds, string data)
{
    private const int PayloadBytes = 256;
    private const int WarmupWrites = 20_000;
    private const int WarmupClients = 64;

    private readonly Dictionary<(string Cluster, int Clients), List<LoadResult>> _results = [];

    /// <summary>Runs the comparison.</summary>
    /// <param name="starts">Functions that start each cluster in its own folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        IReadOnlyList<Func<string, CancellationToken, Task<IBenchmarkedCluster>>> starts, CancellationToken cancellationToken)
    {
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                foreach (var start in starts)
                    await MeasureAsync(start, Path.Combine(data, Guid.NewGuid().ToString("N")), round, cancellationToken);
            }

            Print();
        }
        finally
        {
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }

    private async Task MeasureAsync(
        Func<string, CancellationToken, Task<IBenchmarkedCluster>> start,
        string folder,
        int round,
        CancellationToken cancellationToken)
    {
        await using var cluster = await start(folder, cancellationToken);
        var payload = new byte[PayloadBytes];
        Task Write(int _) => cluster.WriteAsync(payload, cancellationToken);

        await LoadGenerator.RunAsync(WarmupClients, WarmupWrites, Write);
        foreach (var n in clients)
        {
            var result = await LoadGenerator.RunAsync(n, Writes(n), Write);
            if (result.Errors > 0) throw new InvalidOperationException($"{cluster.Name}: {result.Errors} writes failed.");
            if (!_results.TryGetValue((cluster.Name, n), out var list)) _results[(cluster.Name, n)] = list = [];
            list.Add(result);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}  {cluster.Name,-10} {n,4} clients {result.OpsPerSecond,9:#,0} op/s  "
                + $"p50 {result.P50Ms:0.00} ms  p99 {result.P99Ms:0.00} ms"));
        }
    }

    /// <summary>Returns the number of writes for a few seconds of each load.</summary>
    private static int Writes(int clients) => clients switch
    {
        <= 4 => 3_000,
        <= 64 => 20_000,
        <= 256 => 100_000,
        _ => 200_000,
    };

    private void Print()
    {
        var names = _results.Keys.Select(k => k.Cluster).Distinct().ToArray();
        Console.WriteLine();
        Console.WriteLine($"Median operations a second of {rounds} rounds, and {names[1]} / {names[0]}:");
        foreach (var n in clients)
        {
            var first = Median(names[0], n);
            var second = Median(names[1], n);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{n,4} clients  {names[0]} {first,9:#,0}  {names[1]} {second,9:#,0}  ratio {second / first:0.00}"));
        }
    }

    private double Median(string cluster, int n)
    {
        var sorted = _results[(cluster, n)].Select(r => r.OpsPerSecond).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

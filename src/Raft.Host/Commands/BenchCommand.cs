using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Raft.Actors.Clients;
using Raft.Host.Hosting;
using Raft.Programs.Configuration;
using Spectre.Console;

namespace Raft.Host.Commands;

/// <summary>
/// <c>raft bench</c>: runs three nodes in this process and measures the throughput and latency of writes or reads.
/// </summary>
internal static class BenchCommand
{
    private const int Nodes = 3;
    private const int MaxValueBytes = 256 * 1024;

    public static Command Create()
    {
        var mode = ChoiceOption.Create(
            "--mode",
            "'write' measures writes; 'read' measures linearizable reads of existing keys.",
            BenchLoad.Write,
            BenchLoad.Read);
        var clients = NumberOption.Create("--clients", "Number of clients, each with one request in flight.", 128, 1, 10_000);
        var count = NumberOption.Create("--count", "Number of measured requests.", 20_000, 1, 100_000_000);
        var size = NumberOption.Create("--size", "Size of each value in bytes.", 256, 0, MaxValueBytes);
        var warmup = NumberOption.Create(
            "--warmup", "Number of requests before the measurement, to compile code and warm up files.", 20_000, 0, 100_000_000);
        var data = new Option<string?>("--data")
        {
            Description = "Folder for the journals. It must not exist yet and is deleted afterwards. Default: a new folder here.",
        };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command(
            "bench",
            "Measure writes or reads on three nodes in this process, connected by Akka.Remote over loopback, each with a SQLite "
            + "journal on disk. A write counts once a majority has synced it to disk.")
        {
            mode,
            clients,
            count,
            size,
            warmup,
            data,
            json,
        };
        command.SetAction((parsed, _) => RunAsync(
            new BenchLoad(
                parsed.GetValue(mode)!,
                parsed.GetValue(clients),
                parsed.GetValue(count),
                parsed.GetValue(size),
                parsed.GetValue(warmup)),
            parsed.GetValue(data) ?? $"raft-bench-{Guid.NewGuid():N}",
            parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(BenchLoad load, string data, bool json)
    {
        if (Directory.Exists(data))
            throw new StartupException(
                $"{Path.GetFullPath(data)} already exists. Choose a new folder: raft bench deletes it afterwards.");
        try
        {
            await using var cluster = await LocalCluster.StartAsync(
                [.. Enumerable.Range(1, Nodes).Select(i => BenchNode.Options(data, i))]);
            var leader = await cluster.WaitForLeaderAsync(CancellationToken.None);
            var result = await MeasureAsync(new KeyValueClient(leader.Client), load, showProgress: !json);
            Print(result, load, json);
            return result.Errors == 0 ? 0 : 1;
        }
        finally
        {
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<LoadResult> MeasureAsync(KeyValueClient store, BenchLoad load, bool showProgress)
    {
        Task Request(int i) => load.RequestAsync(store, i);

        await load.PrepareAsync(store);
        if (!showProgress)
        {
            await LoadGenerator.RunAsync(load.Clients, load.Warmup, Request);
            return await LoadGenerator.RunAsync(load.Clients, load.Count, Request);
        }

        LoadResult? result = null;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().StartAsync(async progress =>
        {
            var warmup = progress.AddTask("warming up", maxValue: Math.Max(1, load.Warmup));
            await LoadGenerator.RunAsync(load.Clients, load.Warmup, Request, done => warmup.Value = done);
            warmup.Value = warmup.MaxValue;
            var requests = progress.AddTask("measuring", maxValue: load.Count);
            result = await LoadGenerator.RunAsync(load.Clients, load.Count, Request, done => requests.Value = done);
        });
        return result!;
    }

    private static void Print(LoadResult result, BenchLoad load, bool json)
    {
        var figures = new (string Name, double Value)[]
        {
            ("opsPerSecond", Math.Round(result.OpsPerSecond)),
            ("p50Ms", Math.Round(result.P50Ms, 3)),
            ("p99Ms", Math.Round(result.P99Ms, 3)),
            ("maxMs", Math.Round(result.MaxMs, 3)),
            ("allocatedBytes", Math.Round(result.AllocatedBytes)),
            ("errors", result.Errors),
            ("clients", load.Clients),
            ("count", load.Count),
            ("size", load.Size),
        };
        if (json)
        {
            var fields = figures.ToDictionary(f => f.Name, f => (object)f.Value);
            fields["mode"] = load.Mode;
            Console.WriteLine(JsonSerializer.Serialize(fields));
            return;
        }

        foreach (var (name, figure) in figures)
            Console.WriteLine($"{name,-14}{figure.ToString("#,0.###", CultureInfo.InvariantCulture),14}");
        Console.WriteLine($"{"mode",-14}{load.Mode,14}");
    }
}

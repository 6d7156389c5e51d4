using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace Raft.Host.Tests.Processes;

/// <summary>
/// Nodes that start at one moment dial each other at one moment, and a dial can fail half-way. All must reach each other in the
/// end. <c>tests/faults/starts</c> does this 50 times on a busy machine.
/// </summary>
[Collection(nameof(ProcessTests))]
public sealed class LinkTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private static int Rounds =>
        int.Parse(Environment.GetEnvironmentVariable("LINK_TEST_ROUNDS") ?? "2", CultureInfo.InvariantCulture);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Three_nodes_that_start_at_one_moment_and_stand_still_meanwhile_reach_each_other()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var seed = Random.Shared.Next();
            using var data = new TempFolder();
            await using var cluster = await LaunchAsync(data, new Random(seed));
            var since = Stopwatch.StartNew();
            foreach (var url in cluster.Urls) await ReachesAllAsync(url, $"round {round}, seed {seed}");
            output.WriteLine(
                $"round {round}, seed {seed}: all reach each other {since.Elapsed.TotalSeconds:F1} s after the start");
        }
    }

    private static async Task<NodeProcesses> LaunchAsync(TempFolder data, Random random)
    {
        var began = new ConcurrentBag<int>();
        using var isStarted = new CancellationTokenSource();
        var pauses = PauseAsync(began, random, isStarted.Token);
        try
        {
            return await NodeProcesses.LaunchAsync(data, began.Add);
        }
        finally
        {
            await isStarted.CancelAsync();
            await pauses;
        }
    }

    /// <summary>Pauses one process after another for up to three seconds, like a virtual machine or a CPU quota.</summary>
    private static async Task PauseAsync(ConcurrentBag<int> processes, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(random.Next(50, 600), CancellationToken.None);
            if (processes.IsEmpty) continue;
            var process = processes.ElementAt(random.Next(processes.Count));
            await SignalAsync(process, "STOP");
            await Task.Delay(random.Next(300, 3000), CancellationToken.None);
            await SignalAsync(process, "CONT");
        }
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// Polls the doctor of this node until all nodes reach each other; each answer takes about a second.
    /// </summary>
    private async Task ReachesAllAsync(string url, string round)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var answer = await _http.GetFromJsonAsync<JsonElement>($"{url}/api/doctor");
            var found = answer.GetProperty("findings").EnumerateArray()
                .Where(f => f.GetProperty("subject").GetString() is "connectivity" or "members").ToArray();
            if (found.All(f => f.GetProperty("severity").GetString() == "ok")) return;
            Assert.True(
                since.Elapsed < Patience,
                $"{round}: {url} after {Patience.TotalSeconds} s: "
                + string.Join(' ', found.Select(f => f.GetProperty("what").GetString())));
        }
    }
}

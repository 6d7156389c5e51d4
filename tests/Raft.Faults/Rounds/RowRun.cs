using System.Globalization;
using Raft.Faults.Cluster;
using Raft.Faults.Faults;
using Raft.Faults.Network;

namespace Raft.Faults.Rounds;

/// <summary>
/// Runs the rounds of a fault, one after the other, on one cluster. Each fault gets a new cluster, so that no row depends on
/// the previous ones; so does the rest of a row after a round that was not completed.
/// </summary>
/// <param name="network">The network of the nodes.</param>
/// <param name="http">Sends requests to the nodes.</param>
/// <param name="folder">The folder of the clusters.</param>
/// <param name="seed">The seed of the random choices.</param>
internal sealed class RowRun(FaultNetwork network, HttpClient http, string folder, int seed)
{
    private readonly FinalLook _look = new(http);

    /// <summary>Runs the rounds.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="cancellationToken">Cancels the rounds; the row then contains the rounds so far.</param>
    public async Task<Row> RunAsync(Fault fault, int rounds, CancellationToken cancellationToken)
    {
        if (fault.WhyNot() is { } reason) return new Row(fault, reason);
        var row = new Row(fault);
        for (var done = 0; done < rounds && !cancellationToken.IsCancellationRequested;)
            done += await RunOnOneClusterAsync(row, done, rounds, cancellationToken);
        return row;
    }

    /// <summary>Runs rounds until one fails or all are done.</summary>
    /// <returns>The number of rounds.</returns>
    private async Task<int> RunOnOneClusterAsync(Row row, int done, int rounds, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, $"{row.Fault.Name}-{done + 1}")).FullName;
        await using var cluster = new FaultCluster(network, http, place);
        var here = new List<Round>();
        try
        {
            await cluster.StartAsync();
            while (done + here.Count < rounds)
            {
                var number = done + here.Count + 1;
                var random = new Random(SeedOf(row.Fault.Name, number));
                var round = await new RoundRun(http, cluster, row.Fault)
                    .RunAsync($"{row.Fault.Name}-{number}", random, cancellationToken);
                await _look.CheckAsync(round, FaultCluster.Nodes);
                here.Add(round);
                await Console.Error.WriteLineAsync(Describe(round));
            }

            foreach (var round in here) await _look.CheckAsync(round, [round.Writes % FaultCluster.Count]);
            return here.Count;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return rounds;
        }
        catch (Exception e) when (
            e is TimeoutException or InvalidOperationException or HttpRequestException or OperationCanceledException)
        {
            row.Failures.Add($"{row.Fault.Name}-{done + here.Count + 1}: {e.Message} See {place}.");
            await Console.Error.WriteLineAsync(row.Failures[^1]);
            return here.Count + 1;
        }
        finally
        {
            await network.HealAsync(FaultCluster.Count);
            row.Rounds.AddRange(here);
            foreach (var round in here.Where(round => !round.IsSound)) await Evidence.WriteAsync(place, round);
        }
    }

    /// <summary>Returns a number that is the same in every process.</summary>
    private int SeedOf(string name, int number) => name.Aggregate((seed * 31) + number, (hash, c) => unchecked((hash * 31) + c));

    private static string Describe(Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"{round.Name}: {round.Writes} writes, longest outage {round.Outage.TotalMilliseconds:0} ms, all serve after "
        + $"{round.ServesAfter.TotalMilliseconds:0} ms, {round.LostWrites} lost, {round.Verdict.StaleReads} stale, "
        + $"{round.Verdict.Wrong} wrong, {round.NeedlessElections} needless elections");
}

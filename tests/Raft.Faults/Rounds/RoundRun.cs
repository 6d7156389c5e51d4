using Raft.Faults.Checks;
using Raft.Faults.Cluster;
using Raft.Faults.Faults;
using Raft.Faults.Load;

namespace Raft.Faults.Rounds;

/// <summary>One round: a steady load, the fault, and everything until every node serves again.</summary>
/// <param name="http">Sends requests to the nodes.</param>
/// <param name="cluster">The nodes.</param>
/// <param name="fault">The fault.</param>
internal sealed class RoundRun(HttpClient http, FaultCluster cluster, Fault fault)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(1);

    private readonly KeyValueHttp _calls = new(http);
    private readonly Settling _settling = new(cluster);

    /// <summary>Runs the round. Its clients have stopped when it returns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="random">The source of its random choices.</param>
    /// <param name="cancellationToken">Cancels the round.</param>
    /// <exception cref="TimeoutException">The nodes did not recover in time.</exception>
    public async Task<Round> RunAsync(string name, Random random, CancellationToken cancellationToken)
    {
        var (leader, termBefore) = await _settling.WaitAsync(Patience, cancellationToken);
        int[] followers = [.. FaultCluster.Nodes.Where(node => node != leader)];
        random.Shuffle(followers);
        var keys = new RoundKeys(name);
        var recorder = new Recorder();

        await using var watch = new ElectionWatch(cluster);
        await using var load = new RoundLoad(_calls, recorder, keys, random);
        await Task.Delay(Steady, cancellationToken);
        var struckAt = recorder.Now;
        await NoteAsync(name, $"the fault begins, {FaultCluster.NameOf(leader)} leads term {termBefore}");
        await fault.StrikeAsync(new Scene(cluster, leader, followers, random, cancellationToken));
        await NoteAsync(name, "the fault is over");
        var servesAfter = await new Service(_calls).WaitAsync($"{name}/service", Patience, cancellationToken);
        await _settling.WaitAsync(Patience, cancellationToken);
        await NoteAsync(name, "all nodes serve and agree");
        await Task.Delay(Steady, cancellationToken);
        var (_, termAfter) = await _settling.WaitAsync(Patience, cancellationToken);

        return new Round(
            name,
            keys,
            recorder,
            Outage.Longest(recorder.Acknowledged, struckAt, recorder.Now),
            servesAfter,
            IsLate: servesAfter > fault.ServesWithin,
            Elections.Needless(termBefore, termAfter, watch.LedTerms, fault.Elections));
    }

    /// <summary>Formats times as the nodes' logs do.</summary>
    private Task NoteAsync(string name, string what) =>
        File.AppendAllTextAsync(Path.Combine(cluster.Folder, "rounds.log"), $"{DateTime.UtcNow:HH:mm:ss.fff} {name}: {what}\n");
}

using System.Diagnostics;
using Raft.Actors.StateMachines.KeyValue;
using Raft.Faults.Load;
using Raft.Simulation.Histories;

namespace Raft.Faults.Cluster;

/// <summary>Waits until every node serves writes and reads.</summary>
/// <param name="http">Sends requests to the nodes.</param>
internal sealed class Service(KeyValueHttp http)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Writes and reads through each node until every node has served both.</summary>
    /// <param name="prefix">The prefix of the written keys.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">A node did not serve in time.</exception>
    public async Task<TimeSpan> WaitAsync(string prefix, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(FaultCluster.Nodes.Select(async node =>
        {
            var key = $"{prefix}/{FaultCluster.NameOf(node)}";
            foreach (var input in new KeyValueInput[] { new PutInput(key, "serves", WriteCondition.None), new GetInput(key) })
            {
                while ((await http.SendAsync(FaultCluster.UrlOf(node), input)).Fate != Fate.Answered)
                {
                    if (Stopwatch.GetElapsedTime(begun) > patience)
                        throw new TimeoutException(
                            $"{FaultCluster.NameOf(node)} served no {(input is GetInput ? "read" : "write")} "
                            + $"within {patience.TotalSeconds} s after the fault was over.");
                    await Task.Delay(Pause, cancellationToken);
                }
            }
        }));
        return Stopwatch.GetElapsedTime(begun);
    }
}

using Raft.Faults.Cluster;

namespace Raft.Faults.Load;

/// <summary>
/// A client with one call in flight. It stays with a node for some calls, and moves on to the next one after them or after a
/// call without an answer.
/// </summary>
/// <param name="number">The client's number.</param>
internal abstract class LoadClient(int number)
{
    private const int CallsOfANode = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _node = number % FaultCluster.Count;
    private int _calls;

    /// <summary>Sends calls until it is stopped; the last call is completed.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var fate = await CallAsync(_node);
            if (fate != Fate.Answered || ++_calls % CallsOfANode == 0) _node = (_node + 1) % FaultCluster.Count;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Sends a call.</summary>
    /// <param name="node">The node.</param>
    protected abstract Task<Fate> CallAsync(int node);

    /// <summary>Its name in histories.</summary>
    protected string NameAt(int node, string kind) => $"c{number} ({kind}) via {FaultCluster.NameOf(node)}";
}

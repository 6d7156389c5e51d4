using Raft.Faults.Cluster;

namespace Raft.Faults.Load;

/// <summary>
/// A client that has one call under way at a time. It stays at a node for some calls and goes on to the next one then, or when
/// a call was not answered.
/// </summary>
/// <param name="number">The client's number.</param>
internal abstract class LoadClient(int number)
{
    private const int CallsOfANode = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _node = number % FaultCluster.Count;
    private int _calls;

    /// <summary>Calls until it is told to stop; the last call still comes to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var fate = await CallAsync(_node);
            if (fate != Fate.Answered || ++_calls % CallsOfANode == 0) _node = (_node + 1) % FaultCluster.Count;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Makes a call.</summary>
    /// <param name="node">The node to ask.</param>
    protected abstract Task<Fate> CallAsync(int node);

    /// <summary>Its name in histories.</summary>
    protected string NameAt(int node, string kind) => $"c{number} ({kind}) via {FaultCluster.NameOf(node)}";
}

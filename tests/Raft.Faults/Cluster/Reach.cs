namespace Raft.Faults.Cluster;

/// <summary>Waits until all nodes reach each other. A cut between two followers is seen by no client while the leader is up.</summary>
/// <param name="cluster">The nodes.</param>
internal sealed class Reach(FaultCluster cluster)
{
    /// <summary>Waits until the doctors of all nodes see no cut.</summary>
    /// <exception cref="TimeoutException">They did not get there in time.</exception>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        IReadOnlyList<string>?[] cuts = [null];
        try
        {
            while (cuts.Any(cut => cut is not { Count: 0 }))
                cuts = await Task.WhenAll(FaultCluster.Nodes.Select(node => cluster.CutsAsync(node, timeout.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The nodes did not reach each other within {patience.TotalSeconds} s: "
                + string.Join(' ', cuts.SelectMany(cut => cut ?? ["A node is silent."]).Distinct()));
        }
    }
}

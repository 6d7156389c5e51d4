namespace Raft.Faults.Cluster;

/// <summary>
/// Waits until all nodes reach each other. While the leader is up, no client notices a cut between two followers.
/// </summary>
/// <param name="cluster">The nodes.</param>
internal sealed class Reach(FaultCluster cluster)
{
    /// <summary>Waits until the doctors of all nodes report no cut.</summary>
    /// <exception cref="TimeoutException">The nodes did not get there in time.</exception>
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

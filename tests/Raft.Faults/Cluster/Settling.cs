using Raft.Benchmarks.Failover;

namespace Raft.Faults.Cluster;

/// <summary>Waits until all nodes agree.</summary>
/// <param name="cluster">The nodes.</param>
internal sealed class Settling(FaultCluster cluster)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until all nodes follow one leader and have applied what it had committed a moment ago.</summary>
    /// <returns>The leader's number, and its term.</returns>
    /// <exception cref="TimeoutException">The nodes did not get there in time.</exception>
    public async Task<(int Leader, long Term)> WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        var committed = long.MaxValue;
        NodeView?[] views = [];
        try
        {
            while (true)
            {
                views = await Task.WhenAll(FaultCluster.Nodes.Select(node => cluster.StatusAsync(node, timeout.Token)));
                if (LeaderOf(views, committed) is { } leader) return (leader, views[leader]!.Term);
                committed = views.Max(view => view is { IsLeader: true } ? view.Committed : 0);
                if (committed == 0) committed = long.MaxValue;
                await Task.Delay(PollInterval, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The nodes did not agree within {patience.TotalSeconds} s: "
                + string.Join("; ", views.Select((view, node) => $"{FaultCluster.NameOf(node)} {view?.ToString() ?? "silent"}")));
        }
    }

    /// <summary>Returns the leader that all nodes follow and with which they have caught up; null if there is none.</summary>
    /// <param name="views">The status of each node; null if it does not answer.</param>
    /// <param name="committed">The index that each must have applied.</param>
    internal static int? LeaderOf(IReadOnlyList<NodeView?> views, long committed)
    {
        var leaders = Enumerable.Range(0, views.Count).Where(node => views[node] is { IsLeader: true }).ToArray();
        if (leaders is not [var leader]) return null;
        var isAgreed = views.All(
            view => view is not null && view.Term == views[leader]!.Term && view.Leader == leader && view.Applied >= committed);
        return isAgreed ? leader : null;
    }
}

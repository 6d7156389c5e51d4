using System.Collections.Concurrent;

namespace Raft.Faults.Cluster;

/// <summary>Polls every node whether it leads, and records the terms in which one did.</summary>
internal sealed class ElectionWatch : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, int> _leaders = new();
    private readonly Task _polls;

    /// <summary>Starts polling.</summary>
    public ElectionWatch(FaultCluster cluster) =>
        _polls = Task.WhenAll(FaultCluster.Nodes.Select(node => PollAsync(cluster, node)));

    /// <summary>The terms in which a node led.</summary>
    public IReadOnlyCollection<long> LedTerms => [.. _leaders.Keys];

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polls;
        _stop.Dispose();
    }

    private async Task PollAsync(FaultCluster cluster, int node)
    {
        try
        {
            while (true)
            {
                if (await cluster.StatusAsync(node, _stop.Token) is { IsLeader: true } view) _leaders[view.Term] = node;
                await Task.Delay(PollInterval, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The watch is over.
        }
    }
}

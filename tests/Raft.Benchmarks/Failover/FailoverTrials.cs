using System.Diagnostics;
using System.Net;

namespace Raft.Benchmarks.Failover;

/// <summary>The effect of killing one leader.</summary>
/// <param name="Failover">From the SIGKILL to the first acknowledgement of a write that was sent after it.</param>
/// <param name="Election">From the SIGKILL until a survivor reports that it leads, as polled every 10 ms.</param>
/// <param name="Unanswered">The statuses of the writes that were sent just before; null for one without an answer.</param>
internal sealed record FailoverTrial(TimeSpan Failover, TimeSpan Election, IReadOnlyList<HttpStatusCode?> Unanswered);

/// <summary>Kills the leader repeatedly and measures how long the cluster accepts no writes.</summary>
/// <param name="http">Sends requests to the nodes.</param>
/// <param name="cluster">The nodes.</param>
internal sealed class FailoverTrials(HttpClient http, FailoverCluster cluster)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a trial. All nodes are up and have caught up at its start and at its end.</summary>
    /// <exception cref="TimeoutException">
    /// No write was acknowledged for a minute, or the killed node did not recover.
    /// </exception>
    public async Task<FailoverTrial> RunAsync(CancellationToken cancellationToken)
    {
        var (leader, term, writer) = await WriteToLeaderAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var unanswered = writer.Send(cancellationToken);
            var killedAt = Stopwatch.GetTimestamp();
            var kill = cluster.KillAsync(leader);
            var electedAt = ElectedAsync(Survivors(leader), term, patience.Token);
            var acknowledgedAt = await writer.UntilAcknowledgedAsync(patience.Token);
            var election = Stopwatch.GetElapsedTime(killedAt, await electedAt);
            await kill;
            await cluster.StartAsync(leader);
            await cluster.SettledAsync(cancellationToken);
            return new FailoverTrial(
                Stopwatch.GetElapsedTime(killedAt, acknowledgedAt), election, await Task.WhenAll(unanswered));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"No write was acknowledged within {Patience.TotalSeconds} s after n{leader + 1} was killed.");
        }
    }

    /// <summary>
    /// Writes through the followers for a random time, so that the leader dies at any moment between two heartbeats.
    /// </summary>
    private async Task<(int Leader, long Term, FailoverWriter Writer)> WriteToLeaderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (leader, term) = await cluster.SettledAsync(cancellationToken);
            var writer = new FailoverWriter(http, Survivors(leader));
            await writer.WriteForAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(300, 600)), cancellationToken);
            var now = await cluster.StatusAsync(cluster.Urls[leader], cancellationToken);
            if (now is { IsLeader: true } && now.Term == term) return (leader, term, writer);
        }
    }

    private string[] Survivors(int leader) => [.. cluster.Urls.Where((_, node) => node != leader)];

    private async Task<long> ElectedAsync(string[] survivors, long oldTerm, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PollInterval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var nodes = await Task.WhenAll(survivors.Select(url => cluster.StatusAsync(url, cancellationToken)));
            if (nodes.Any(n => n is { IsLeader: true } && n.Term > oldTerm)) break;
        }

        return Stopwatch.GetTimestamp();
    }
}

using System.Diagnostics;
using System.Net;

namespace Raft.Benchmarks.Failover;

/// <summary>
/// Writes through the nodes in turn, one write every 10 ms, whether or not the previous ones were answered. So it finds the
/// first write that can be acknowledged within 10 ms, however long others wait.
/// </summary>
/// <param name="http">Sends the writes.</param>
/// <param name="urls">The URLs of the nodes: those that stay alive.</param>
internal sealed class FailoverWriter(HttpClient http, IReadOnlyList<string> urls)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than the program lets a request wait.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(8);

    private readonly TaskCompletionSource<long> _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    /// <summary>Writes for a while before the leader is killed.</summary>
    public async Task WriteForAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var begun = Stopwatch.GetTimestamp();
        var writes = new List<Task<HttpStatusCode?>>();
        while (Stopwatch.GetElapsedTime(begun) < time && await timer.WaitForNextTickAsync(cancellationToken))
            writes.Add(PutAsync(LongPatience, cancellationToken));
        await Task.WhenAll(writes);
    }

    /// <summary>Sends a write to each node and does not wait for the answers.</summary>
    /// <returns>The status of each write; null for one without an answer.</returns>
    public IReadOnlyList<Task<HttpStatusCode?>> Send(CancellationToken cancellationToken) =>
        [.. urls.Select(_ => PutAsync(LongPatience, cancellationToken))];

    /// <summary>Writes until a write that was sent after this call is acknowledged.</summary>
    /// <returns>When the acknowledgement arrived, as a timestamp of <see cref="Stopwatch"/>.</returns>
    public async Task<long> UntilAcknowledgedAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new PeriodicTimer(Interval);
        var writes = new List<Task>();
        do
        {
            writes.Add(TryAsync(end.Token));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken) && !_acknowledged.Task.IsCompleted);

        await end.CancelAsync();
        await Task.WhenAll(writes);
        return await _acknowledged.Task;
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        if (await PutAsync(ShortPatience, cancellationToken) == HttpStatusCode.OK)
            _acknowledged.TrySetResult(Stopwatch.GetTimestamp());
    }

    private async Task<HttpStatusCode?> PutAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        var number = _sent++;
        try
        {
            using var content = new StringContent($"{number}");
            using var answer = await http.PutAsync(
                $"{urls[number % urls.Count]}/api/kv/failover", content, timeout.Token);
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}

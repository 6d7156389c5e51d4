using Raft.Programs.Configuration;
using Raft.Programs.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// Ends a process that is dead although it still runs, so that a supervisor, such as a container's restart policy, restarts it.
/// Nothing would replace a dead process that keeps running.
/// </summary>
internal sealed class LifeWatch : IDisposable
{
    /// <summary>The interval between two checks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();

    private LifeWatch(Func<CancellationToken, Task<string?>> whyDead, TimeSpan interval) =>
        Ended = WatchAsync(whyDead, interval, _stop.Token);

    /// <summary>Fails when the process must end; never completes otherwise.</summary>
    public Task<Ending> Ended { get; }

    /// <summary>Starts to watch.</summary>
    /// <param name="whyDead">Returns why the process is dead; null if it is not.</param>
    /// <param name="interval">The interval between two checks.</param>
    public static LifeWatch Start(Func<CancellationToken, Task<string?>> whyDead, TimeSpan interval) => new(whyDead, interval);

    /// <summary>Stops watching: an ActorSystem that stops on purpose is not dead.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Requires two checks in a row, because a stopping ActorSystem has parts that have already stopped.</summary>
    private static async Task<Ending> WatchAsync(
        Func<CancellationToken, Task<string?>> whyDead, TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            var before = false;
            while (true)
            {
                await Task.Delay(interval, cancellationToken).ConfigureAwait(false);
                var why = await whyDead(cancellationToken).ConfigureAwait(false);
                if (why is not null && before) throw new ProcessEndException($"{why} Exiting so that the process is restarted.");
                before = why is not null;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await new TaskCompletionSource<Ending>().Task.ConfigureAwait(false);
        }
    }
}

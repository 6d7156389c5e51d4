using Raft.Programs.Configuration;
using Raft.Programs.Hosting;

namespace Raft.Host.Hosting;

/// <summary>
/// Ends a process that is dead though it still runs: whoever runs it, such as a container's restart policy, starts it again. A dead
/// process that stays serves nobody, and nobody replaces it.
/// </summary>
internal sealed class LifeWatch : IDisposable
{
    /// <summary>The pause between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();

    private LifeWatch(Func<Task<string?>> whyDead, TimeSpan interval) => Ended = WatchAsync(whyDead, interval, _stop.Token);

    /// <summary>Fails when the process has to end; does not end otherwise.</summary>
    public Task<Ending> Ended { get; }

    /// <summary>Begins to watch.</summary>
    /// <param name="whyDead">Why the process is dead; null where it is not.</param>
    /// <param name="interval">The pause between two looks.</param>
    public static LifeWatch Start(Func<Task<string?>> whyDead, TimeSpan interval) => new(whyDead, interval);

    /// <summary>Ends the watch: an ActorSystem that stops on purpose is not dead.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>One look proves nothing: an ActorSystem that stops has parts that stopped before.</summary>
    private static async Task<Ending> WatchAsync(Func<Task<string?>> whyDead, TimeSpan interval, CancellationToken stop)
    {
        var before = false;
        while (true)
        {
            await Task.Delay(interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return await new TaskCompletionSource<Ending>().Task.ConfigureAwait(false);
            var why = await whyDead().ConfigureAwait(false);
            if (why is not null && before) throw new ProcessEndException($"{why} The process ends, so that it is started again.");
            before = why is not null;
        }
    }
}

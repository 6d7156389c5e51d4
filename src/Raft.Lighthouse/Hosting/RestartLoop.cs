using System.Diagnostics;

namespace Raft.Lighthouse.Hosting;

/// <summary>Why an ActorSystem has to be replaced by a new one.</summary>
/// <param name="Reason">A sentence for the log.</param>
/// <param name="Through">Members to join through first; none where the usual ones do.</param>
internal sealed record Ending(string Reason, IReadOnlyList<HostPort> Through);

/// <summary>An ActorSystem with all that belongs to it. Disposing it stops all of it.</summary>
internal interface IRunningSystem : IAsyncDisposable
{
    /// <summary>Ends when the ActorSystem has to be replaced; fails where the process has to end.</summary>
    Task<Ending> Ended { get; }
}

/// <summary>
/// Runs an ActorSystem, and a new one in the same process whenever the Akka cluster has put the old one out: a UID that was
/// downed or quarantined is never let in again, so nothing but a new one comes back.
/// </summary>
internal static class RestartLoop
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>An ActorSystem that ran for so long was well: the pause begins anew.</summary>
    private static readonly TimeSpan Well = TimeSpan.FromMinutes(2);

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="start">Starts everything; is given the members to join through first.</param>
    /// <param name="stop">Ends the loop.</param>
    /// <exception cref="StartupException">It can't start for the first time, or the process has to end.</exception>
    public static async Task RunAsync(Func<IReadOnlyList<HostPort>, Task<IRunningSystem>> start, CancellationToken stop)
    {
        var pause = FirstPause;
        var ending = await RunOnceAsync(start, [], stop).ConfigureAwait(false);
        while (ending is not null)
        {
            if (!await WaitAsync(pause, stop).ConfigureAwait(false)) return;
            var since = Stopwatch.GetTimestamp();
            var through = ending.Through;
            try
            {
                ending = await RunOnceAsync(start, through, stop).ConfigureAwait(false);
            }
            catch (StartupException e) when (e is not ProcessEndException)
            {
                ConsoleLogger.Warn($"{e.Message} It is tried again.");
                ending = new Ending(e.Message, through);
            }

            pause = Stopwatch.GetElapsedTime(since) > Well ? FirstPause : Longer(pause);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;

    private static async Task<Ending?> RunOnceAsync(
        Func<IReadOnlyList<HostPort>, Task<IRunningSystem>> start, IReadOnlyList<HostPort> through, CancellationToken stop)
    {
        await using var running = await start(through).ConfigureAwait(false);
        var stopped = WaitAsync(Timeout.InfiniteTimeSpan, stop);
        if (await Task.WhenAny(stopped, running.Ended).ConfigureAwait(false) == running.Ended)
        {
            var ending = await running.Ended.ConfigureAwait(false);
            ConsoleLogger.Warn($"{ending.Reason} A new ActorSystem is started.");
            return ending;
        }

        Console.WriteLine("Stopping.");
        return null;
    }

    private static async Task<bool> WaitAsync(TimeSpan time, CancellationToken stop)
    {
        await Task.Delay(time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}

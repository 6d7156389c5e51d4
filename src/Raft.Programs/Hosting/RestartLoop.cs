using System.Diagnostics;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Programs.Hosting;

/// <summary>Why an ActorSystem has to be replaced by a new one.</summary>
/// <param name="Reason">A sentence for the log.</param>
/// <param name="Through">Members to join through first; none where the usual ones do.</param>
internal sealed record Ending(string Reason, IReadOnlyList<HostPort> Through);

/// <summary>What an ActorSystem is given of those that ran in its process before it.</summary>
/// <param name="Through">Members to join through first; none at the first start.</param>
/// <param name="Moves">How often the process has gone over to another Akka cluster.</param>
internal sealed record FormerLives(IReadOnlyList<HostPort> Through, Moves Moves)
{
    /// <summary>The process has only begun.</summary>
    public static FormerLives None => new([], new Moves(TimeProvider.System));
}

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
    /// <param name="start">Starts everything.</param>
    /// <param name="stop">Ends the loop.</param>
    /// <exception cref="StartupException">It can't start for the first time, or the process has to end.</exception>
    public static async Task RunAsync(Func<FormerLives, Task<IRunningSystem>> start, CancellationToken stop)
    {
        var pause = FirstPause;
        var former = FormerLives.None;
        var ending = await RunOnceAsync(start, former, stop).ConfigureAwait(false);
        while (ending is not null)
        {
            if (!await WaitAsync(pause, stop).ConfigureAwait(false)) return;
            var since = Stopwatch.GetTimestamp();
            former = former with { Through = ending.Through };
            try
            {
                ending = await RunOnceAsync(start, former, stop).ConfigureAwait(false);
            }
            catch (StartupException e) when (e is not ProcessEndException)
            {
                ConsoleLogger.Warn($"{e.Message} It is tried again.");
                ending = new Ending(e.Message, former.Through);
            }

            pause = Stopwatch.GetElapsedTime(since) > Well ? FirstPause : Longer(pause);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;

    private static async Task<Ending?> RunOnceAsync(
        Func<FormerLives, Task<IRunningSystem>> start, FormerLives former, CancellationToken stop)
    {
        await using var running = await start(former).ConfigureAwait(false);
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

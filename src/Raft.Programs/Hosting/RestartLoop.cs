using System.Diagnostics;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;
using Raft.Programs.Logging;

namespace Raft.Programs.Hosting;

/// <summary>Why an ActorSystem must be replaced by a new one.</summary>
/// <param name="Reason">A sentence for the log.</param>
/// <param name="Through">Processes to join through first; none if the usual ones suffice.</param>
internal sealed record Ending(string Reason, IReadOnlyList<HostPort> Through);

/// <summary>The state that a new ActorSystem takes over from earlier ones of its process.</summary>
/// <param name="Through">Processes to join through first; none at the first start.</param>
/// <param name="Moves">The moves of the process to other Akka clusters.</param>
internal sealed record FormerLives(IReadOnlyList<HostPort> Through, Moves Moves)
{
    /// <summary>The state of a process that has just started.</summary>
    public static FormerLives None => new([], new Moves(TimeProvider.System));
}

/// <summary>An ActorSystem with everything that belongs to it. Disposing it stops all of it.</summary>
internal interface IRunningSystem : IAsyncDisposable
{
    /// <summary>Completes when the ActorSystem must be replaced; fails when the process must end.</summary>
    Task<Ending> Ended { get; }
}

/// <summary>
/// Runs an ActorSystem, and replaces it in the same process whenever it was removed from the Akka cluster: a UID that was downed
/// or quarantined can never rejoin, so only a new ActorSystem can return.
/// </summary>
internal static class RestartLoop
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>An ActorSystem that ran for this long was healthy, so the pause before the next start is reset.</summary>
    private static readonly TimeSpan Well = TimeSpan.FromMinutes(2);

    /// <summary>Runs until the token is cancelled.</summary>
    /// <param name="start">Starts the ActorSystem and everything that belongs to it.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    /// <exception cref="StartupException">The first start failed, or the process must end.</exception>
    public static async Task RunAsync(Func<FormerLives, Task<IRunningSystem>> start, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var former = FormerLives.None;
        var ending = await RunOnceAsync(start, former, cancellationToken).ConfigureAwait(false);
        while (ending is not null)
        {
            if (!await WaitAsync(pause, cancellationToken).ConfigureAwait(false)) return;
            var since = Stopwatch.GetTimestamp();
            former = former with { Through = ending.Through };
            try
            {
                ending = await RunOnceAsync(start, former, cancellationToken).ConfigureAwait(false);
            }
            catch (StartupException e) when (e is not ProcessEndException)
            {
                ProgramLog.Warn($"{e.Message} Retrying.");
                ending = new Ending(e.Message, former.Through);
            }

            pause = Stopwatch.GetElapsedTime(since) > Well ? FirstPause : Longer(pause);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;

    private static async Task<Ending?> RunOnceAsync(
        Func<FormerLives, Task<IRunningSystem>> start, FormerLives former, CancellationToken cancellationToken)
    {
        await using var running = await start(former).ConfigureAwait(false);
        var stopped = WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (await Task.WhenAny(stopped, running.Ended).ConfigureAwait(false) == running.Ended)
        {
            var ending = await running.Ended.ConfigureAwait(false);
            ProgramLog.Warn($"{ending.Reason} Starting a new ActorSystem.");
            return ending;
        }

        Console.WriteLine("Stopping.");
        return null;
    }

    private static async Task<bool> WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await Task.Delay(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}

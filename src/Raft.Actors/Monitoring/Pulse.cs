using Akka.Actor;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Detects whether an actor is dead. Akka answers <see cref="Identify"/> in the actor's turn but before its behaviour, so an
/// actor that is busy or reads its journal still answers. An actor that has stopped, or whose thread died, does not.
/// </summary>
/// <param name="name">The actor's name in messages.</param>
/// <param name="actor">The actor.</param>
/// <param name="mayBeAbsent">Whether the actor may be absent for a while because a supervisor restarts it.</param>
internal sealed class Pulse(string name, ICanTell actor, bool mayBeAbsent)
{
    /// <summary>An actor that is silent for this long counts as dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits for an answer, and the shortest pause between two pings.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly Lock _changes = new();
    private Task _answer = Task.CompletedTask;
    private TimeSpan? _pingedAt;
    private TimeSpan? _silentSince;
    private bool _hasStopped;

    /// <summary>Pings the actor and waits up to a second for its answer. An answer to an earlier ping counts as well.</summary>
    /// <param name="now">The time on a monotonic clock.</param>
    /// <returns>Why the actor is dead, as a sentence; null if it is alive or that is not certain yet.</returns>
    public async Task<string?> WhyDeadAsync(TimeSpan now)
    {
        await WaitAsync(Ping(now)).ConfigureAwait(false);
        lock (_changes)
        {
            if (_hasStopped) return $"{name} has stopped.";
            return _silentSince is { } since && now - since >= Patience
                ? $"{name} has not answered for {(now - since).TotalSeconds:F0} s."
                : null;
        }
    }

    private static async Task WaitAsync(Task answer)
    {
        try
        {
            await answer.WaitAsync(Wait).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The answer may still arrive.
        }
    }

    private Task Ping(TimeSpan now)
    {
        lock (_changes)
        {
            if (now - _pingedAt < Wait) return _answer;
            _pingedAt = now;
            _silentSince ??= now;
            return _answer = PingAsync();
        }
    }

    private async Task PingAsync()
    {
        try
        {
            var identity = await actor.Ask<ActorIdentity>(new Identify(null), 2 * Patience).ConfigureAwait(false);
            lock (_changes) (_silentSince, _hasStopped) = (null, identity.Subject is null && !mayBeAbsent);
        }
        catch (AskTimeoutException)
        {
            // The actor stays silent.
        }
    }
}

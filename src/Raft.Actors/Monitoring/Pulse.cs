using Akka.Actor;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Whether an actor lives. Akka answers <see cref="Identify"/> in the actor's turn and before its behaviour sees the message, so one
/// that is busy or reads its journal answers soon; one that has stopped, or whose thread was lost, does not.
/// </summary>
/// <param name="name">What it is, for people.</param>
/// <param name="actor">The actor.</param>
/// <param name="mayBeAbsent">Whether it may be away for a while, since somebody starts it again.</param>
internal sealed class Pulse(string name, ICanTell actor, bool mayBeAbsent)
{
    /// <summary>An actor that is silent for so long is dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits for an answer, and the pause between two queries, however often it is called.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly Lock _changes = new();
    private Task _answer = Task.CompletedTask;
    private TimeSpan? _askedAt;
    private TimeSpan? _silentSince;
    private bool _hasStopped;

    /// <summary>Asks the actor, and waits a moment for its answer. An answer to an earlier query counts as well.</summary>
    /// <param name="now">The time; the next call says how much has passed.</param>
    /// <returns>Why it is dead, in a sentence; null where it is not, or that is not certain yet.</returns>
    public async Task<string?> WhyDeadAsync(TimeSpan now)
    {
        await WaitAsync(Ask(now)).ConfigureAwait(false);
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
            // It may still come.
        }
    }

    private Task Ask(TimeSpan now)
    {
        lock (_changes)
        {
            if (now - _askedAt < Wait) return _answer;
            _askedAt = now;
            _silentSince ??= now;
            return _answer = AskAsync();
        }
    }

    private async Task AskAsync()
    {
        try
        {
            var identity = await actor.Ask<ActorIdentity>(new Identify(null), 2 * Patience).ConfigureAwait(false);
            lock (_changes) (_silentSince, _hasStopped) = (null, identity.Subject is null && !mayBeAbsent);
        }
        catch (AskTimeoutException)
        {
            // It is silent, as it is known to be.
        }
    }
}

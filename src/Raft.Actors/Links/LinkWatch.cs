namespace Raft.Actors.Links;

/// <summary>The state of the connection to a peer at one check.</summary>
/// <param name="Link">The connection that this process opened; null if none is open.</param>
/// <param name="Received">How many payloads that connection has received, including Akka.Remote's heartbeats.</param>
/// <param name="IsHeard">Whether an actor has received a message from the peer since the last check.</param>
/// <param name="PeerHearsNothing">Whether the peer's newest probe says that it hears nothing from this process; null without a
/// new probe.</param>
internal readonly record struct LinkView(long? Link, long Received, bool IsHeard, bool? PeerHearsNothing);

/// <summary>What to do with a connection.</summary>
internal enum LinkVerdict
{
    /// <summary>Leave it alone.</summary>
    Keep,

    /// <summary>Renew it: no message from the peer gets through.</summary>
    RenewSilent,

    /// <summary>Renew it: no message reaches the peer.</summary>
    RenewUnheard,
}

/// <summary>
/// Decides at each check whether to renew the connection to one peer. It leaves a connection that receives nothing at all to
/// Akka.Remote's failure detector. It counts checks instead of time, because a suspended process has not waited. Pure.
/// </summary>
internal sealed class LinkWatch
{
    /// <summary>Consecutive checks that must find a connection useless before it is renewed.</summary>
    public const int Patience = 5;

    /// <summary>The longest pause between two renewals, in checks.</summary>
    public const int LongestRest = 32 * Patience;

    private long? _link;
    private long _received;
    private int _silent;
    private int _unheard;
    private int _well;
    private int _restLeft;

    /// <summary>
    /// How many checks to wait after the next renewal before another one. It doubles until the connection works again.
    /// </summary>
    public int Rest { get; private set; } = Patience;

    /// <summary>Evaluates one check.</summary>
    public LinkVerdict Look(LinkView seen)
    {
        var isAlive = IsAlive(seen);
        _silent = seen.IsHeard ? 0 : isAlive ? _silent + 1 : _silent;
        _unheard = seen.PeerHearsNothing == false ? 0 : isAlive && seen.PeerHearsNothing == true ? _unheard + 1 : _unheard;
        _well = seen.IsHeard && seen.PeerHearsNothing != true ? _well + 1 : 0;
        if (_well >= Patience) Rest = Patience;
        if (_restLeft > 0) _restLeft--;
        if (_restLeft > 0 || !isAlive || (_silent < Patience && _unheard < Patience)) return LinkVerdict.Keep;

        var verdict = _silent >= Patience ? LinkVerdict.RenewSilent : LinkVerdict.RenewUnheard;
        (_silent, _unheard) = (0, 0);
        _restLeft = Rest;
        Rest = Math.Min(2 * Rest, LongestRest);
        return verdict;
    }

    /// <summary>
    /// Whether the connection of the last check has received something since. A new connection gets full patience.
    /// </summary>
    private bool IsAlive(LinkView seen)
    {
        var isSame = seen.Link is not null && seen.Link == _link;
        var isAlive = isSame && seen.Received > _received;
        if (!isSame) (_silent, _unheard) = (0, 0);
        (_link, _received) = (seen.Link, seen.Received);
        return isAlive;
    }
}

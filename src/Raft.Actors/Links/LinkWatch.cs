namespace Raft.Actors.Links;

/// <summary>What is known of the connection to a peer at one look.</summary>
/// <param name="Link">The connection that this process opened; null where none is open.</param>
/// <param name="Received">How often something came over that connection, heartbeats of Akka.Remote among it.</param>
/// <param name="IsHeard">Whether a message of the peer got through to an actor since the last look.</param>
/// <param name="PeerHearsNothing">Whether the peer hears nothing of this process, as its last probe says; null without a new one.</param>
internal readonly record struct LinkView(long? Link, long Received, bool IsHeard, bool? PeerHearsNothing);

/// <summary>What to do with a connection.</summary>
internal enum LinkVerdict
{
    /// <summary>Nothing.</summary>
    Keep,

    /// <summary>Renew it: nothing of the peer gets through.</summary>
    RenewSilent,

    /// <summary>Renew it: nothing gets through to the peer.</summary>
    RenewUnheard,
}

/// <summary>
/// Judges the connection to one peer, look by look. One over which nothing comes at all is not its concern: Akka.Remote's failure
/// detector drops it. It counts looks, and no time: a process that stood still has not waited. Pure.
/// </summary>
internal sealed class LinkWatch
{
    /// <summary>Looks in a row that must find a connection useless.</summary>
    public const int Patience = 5;

    /// <summary>The longest rest between two renewals, in looks.</summary>
    public const int LongestRest = 32 * Patience;

    private long? _link;
    private long _received;
    private int _silent;
    private int _unheard;
    private int _well;
    private int _restLeft;

    /// <summary>For how many looks the connection is left alone after the next renewal. It doubles until all is well again.</summary>
    public int Rest { get; private set; } = Patience;

    /// <summary>Judges what is seen now.</summary>
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

    /// <summary>Whether something came over the connection that was there at the last look; a new one gets all patience.</summary>
    private bool IsAlive(LinkView seen)
    {
        var isSame = seen.Link is not null && seen.Link == _link;
        var isAlive = isSame && seen.Received > _received;
        if (!isSame) (_silent, _unheard) = (0, 0);
        (_link, _received) = (seen.Link, seen.Received);
        return isAlive;
    }
}

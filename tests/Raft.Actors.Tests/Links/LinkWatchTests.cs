using Raft.Actors.Links;
using Xunit;

namespace Raft.Actors.Tests.Links;

/// <summary>When a connection is renewed, and above all when it is not.</summary>
public sealed class LinkWatchTests
{
    private readonly LinkWatch _watch = new();
    private long _link = 1;
    private long _received;

    [Fact]
    public void A_connection_that_receives_only_heartbeats_is_renewed_when_patience_runs_out()
    {
        Look(isHeard: true);

        Assert.Equal(
            [.. Enumerable.Repeat(LinkVerdict.Keep, LinkWatch.Patience - 1), LinkVerdict.RenewSilent],
            Enumerable.Range(0, LinkWatch.Patience).Select(_ => Look(isHeard: false)));
    }

    [Fact]
    public void A_connection_that_never_carried_a_message_is_renewed_too()
    {
        Look(isHeard: false);

        Assert.Contains(LinkVerdict.RenewSilent, Enumerable.Range(0, LinkWatch.Patience).Select(_ => Look(isHeard: false)));
    }

    [Fact]
    public void A_peer_that_is_heard_and_hears_nothing_gets_a_new_connection()
    {
        Look(isHeard: true);

        Assert.Equal(
            [.. Enumerable.Repeat(LinkVerdict.Keep, LinkWatch.Patience - 1), LinkVerdict.RenewUnheard],
            Enumerable.Range(0, LinkWatch.Patience).Select(_ => Look(isHeard: true, hearsNothing: true)));
    }

    [Fact]
    public void One_message_that_gets_through_restarts_the_count()
    {
        Look(isHeard: true);

        for (var i = 0; i < 10 * LinkWatch.Patience; i++)
            Assert.Equal(LinkVerdict.Keep, Look(isHeard: i % LinkWatch.Patience == 0, hearsNothing: i % LinkWatch.Patience != 0));
    }

    /// <summary>
    /// The process at the other end is suspended, or the network is down: Akka.Remote's failure detector decides.
    /// </summary>
    [Fact]
    public void A_connection_that_receives_nothing_at_all_is_kept()
    {
        Look(isHeard: true);

        Assert.All(
            Enumerable.Range(0, 100).Select(_ => Look(isHeard: false, isAlive: false)),
            verdict => Assert.Equal(LinkVerdict.Keep, verdict));
    }

    [Fact]
    public void Without_an_open_connection_there_is_nothing_to_renew() => Assert.All(
        Enumerable.Range(0, 100).Select(_ => _watch.Look(new LinkView(null, 0, IsHeard: false, PeerHearsNothing: true))),
        verdict => Assert.Equal(LinkVerdict.Keep, verdict));

    [Fact]
    public void A_connection_that_Akka_renewed_itself_gets_full_patience()
    {
        Look(isHeard: true);
        for (var i = 1; i < LinkWatch.Patience; i++) Look(isHeard: false);
        _link++;
        Look(isHeard: false);

        Assert.Equal(LinkVerdict.Keep, Look(isHeard: false));
    }

    [Fact]
    public void Renewals_that_do_not_help_become_rarer_but_never_stop()
    {
        var renewed = new List<int>();
        for (var look = 0; look < 20 * LinkWatch.LongestRest; look++)
        {
            if (Look(isHeard: false) == LinkVerdict.Keep) continue;
            renewed.Add(look);
            _link++;
        }

        var rests = renewed.Zip(renewed.Skip(1), (a, b) => b - a).ToArray();
        Assert.Equal(rests.Order(), rests);
        Assert.Equal(LinkWatch.LongestRest, rests[^1]);
        Assert.InRange(renewed.Count, 20, 30);
    }

    [Fact]
    public void After_a_recovery_the_next_renewal_comes_as_soon_as_the_first()
    {
        for (var i = 0; i < LinkWatch.LongestRest; i++) Look(isHeard: false);
        Assert.NotEqual(LinkWatch.Patience, _watch.Rest);

        for (var i = 0; i < LinkWatch.Patience; i++) Look(isHeard: true);

        Assert.Equal(LinkWatch.Patience, _watch.Rest);
    }

    private LinkVerdict Look(bool isHeard, bool? hearsNothing = false, bool isAlive = true)
    {
        if (isAlive) _received++;
        return _watch.Look(new LinkView(_link, _received, isHeard, hearsNothing));
    }
}

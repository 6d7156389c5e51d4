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
    public void A_connection_over_which_only_heartbeats_come_is_renewed_after_all_patience()
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
    public void One_message_that_gets_through_begins_the_count_anew()
    {
        Look(isHeard: true);

        for (var i = 0; i < 10 * LinkWatch.Patience; i++)
            Assert.Equal(LinkVerdict.Keep, Look(isHeard: i % LinkWatch.Patience == 0, hearsNothing: i % LinkWatch.Patience != 0));
    }

    /// <summary>The process at the other end stands still, or the network is cut: Akka.Remote's failure detector decides.</summary>
    [Fact]
    public void A_connection_over_which_nothing_at_all_comes_is_kept()
    {
        Look(isHeard: true);

        Assert.All(
            Enumerable.Range(0, 100).Select(_ => Look(isHeard: false, isAlive: false)), verdict => Assert.Equal(LinkVerdict.Keep, verdict));
    }

    [Fact]
    public void Where_no_connection_is_open_there_is_nothing_to_renew() => Assert.All(
        Enumerable.Range(0, 100).Select(_ => _watch.Look(new LinkView(null, 0, IsHeard: false, PeerHearsNothing: true))),
        verdict => Assert.Equal(LinkVerdict.Keep, verdict));

    [Fact]
    public void Akka_s_own_new_connection_gets_all_patience()
    {
        Look(isHeard: true);
        for (var i = 1; i < LinkWatch.Patience; i++) Look(isHeard: false);
        _link++;
        Look(isHeard: false);

        Assert.Equal(LinkVerdict.Keep, Look(isHeard: false));
    }

    [Fact]
    public void A_peer_that_no_new_connection_helps_gets_one_ever_more_rarely_and_never_stops_getting_one()
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
    public void A_peer_that_was_well_again_gets_the_next_one_as_soon_as_the_first()
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

using Akka.Actor;
using Akka.Event;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Links;

/// <summary>
/// Renews connections that are open and useless: Akka.Remote can go on with its own heartbeats over a connection of which it no
/// longer reads messages (docs/decisions/017-links.md). Each process tells each other one all the time that it is there, and whether
/// it hears it; whoever finds that nothing gets through, in either direction, closes the connection that it opened itself. Each
/// connection was opened by one of the two.
/// </summary>
internal sealed class LinkKeeper : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly RaftSettings _settings;
    private readonly NodeDirectory _directory;
    private readonly Func<RaftMember, IActorRef> _keeperOf;
    private readonly PeerLinks _peers;
    private readonly OpenLinks _open = OpenLinks.Of(Context.System);
    private readonly Dictionary<NodeId, LinkWatch> _watches = [];
    private readonly Dictionary<NodeId, bool> _told = [];

    /// <param name="settings">Names this node, and says how long a silence is borne.</param>
    /// <param name="directory">Where the other nodes are reached.</param>
    /// <param name="keeperOf">The keeper of another node's process.</param>
    /// <param name="peers">Knows whose messages get through, and is told of renewals.</param>
    public LinkKeeper(RaftSettings settings, NodeDirectory directory, Func<RaftMember, IActorRef> keeperOf, PeerLinks peers)
    {
        _settings = settings;
        _directory = directory;
        _keeperOf = keeperOf;
        _peers = peers;
        Receive<LinkProbe>(OnProbe);
        Receive<LookNow>(_ => LookAtAll());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Interval => _settings.SilentLinkTimeout / LinkWatch.Patience;

    public static string NameOf(GroupId group) => $"raft-{group}-links";

    protected override void PreStart()
    {
        if (!_open.AreKnown)
            _log.Warning(
                "{Node} can't renew connections over which nothing gets through: akka.remote.dot-netty.tcp.applied-adapters lacks raft-links.",
                _settings.NodeId);
        LookAtAll();
    }

    private void OnProbe(LinkProbe probe)
    {
        if (_directory.Find(probe.From) is null) return;
        _peers.Heard(probe.From);
        _told[probe.From] = probe.HearsNothing;
    }

    private void LookAtAll()
    {
        var others = _directory.Known.Where(m => m.Id != _settings.NodeId).ToArray();
        foreach (var gone in _watches.Keys.Except(others.Select(m => m.Id)).ToArray())
        {
            _watches.Remove(gone);
            _told.Remove(gone);
            _peers.Forget(gone);
        }

        foreach (var member in others) LookAt(member);

        // One after the other: a process that stood still does not make up for the looks that it missed.
        Timers.StartSingleTimer(LookNow.Instance, LookNow.Instance, Interval);
    }

    private void LookAt(RaftMember member)
    {
        var isHeard = _peers.TakeHeard(member.Id);
        bool? hearsNothing = _told.Remove(member.Id, out var told) ? told : null;
        var link = _open.Find(member.Host, member.Port);
        if (!_watches.TryGetValue(member.Id, out var watch)) _watches[member.Id] = watch = new LinkWatch();
        _peers.Watched(member.Id);
        var rest = watch.Rest;
        switch (watch.Look(new LinkView(link?.Number, link?.Received ?? 0, isHeard, hearsNothing)))
        {
            case LinkVerdict.RenewSilent: Renew(member.Id, link!, $"nothing was heard of {member.Id}", rest); break;
            case LinkVerdict.RenewUnheard: Renew(member.Id, link!, $"{member.Id} says that it hears nothing", rest); break;
            case LinkVerdict.Keep: break;
        }

        _keeperOf(member).Tell(new LinkProbe(_settings.NodeId, !isHeard));
    }

    private void Renew(NodeId peer, Link link, string why, int rest)
    {
        _log.Warning(
            "{Node} makes a new connection to {Peer}: the one that it has is open, and for {Silence} s {Why}. The next time it waits {Rest} s.",
            _settings.NodeId,
            peer,
            _settings.SilentLinkTimeout.TotalSeconds,
            why,
            (rest * Interval).TotalSeconds);
        link.Disassociate("nothing gets through over it", _log);
        _peers.Renewed(peer, Context.System.Scheduler.MonotonicClock);
    }

    private sealed record LookNow
    {
        public static readonly LookNow Instance = new();
    }
}

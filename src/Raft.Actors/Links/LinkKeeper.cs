using Akka.Actor;
using Akka.Event;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Actors.Links;

/// <summary>
/// Renews connections that are open but useless. Akka.Remote can go on exchanging its own heartbeats over a connection from which
/// it no longer reads messages (docs/decisions/017-links.md). The keepers of all processes send each other probes; a probe also
/// says whether its sender hears the receiver. A keeper that detects silence in either direction closes the connection that its
/// own process opened. Each connection was opened by one of the two processes, so one of them closes it.
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

    /// <param name="settings">The node's name and <c>raft.silent-link-timeout</c>.</param>
    /// <param name="directory">Addresses of the other nodes.</param>
    /// <param name="keeperOf">Finds the keeper in another node's process.</param>
    /// <param name="peers">Records which peers are heard and which connections were renewed.</param>
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
                "{Node} can't renew silent connections: akka.remote.dot-netty.tcp.applied-adapters lacks raft-links.",
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

        // A one-shot timer, so that a process that was suspended does not make up for missed checks.
        Timers.StartSingleTimer(LookNow.Instance, LookNow.Instance, Interval);
    }

    private void LookAt(RaftMember member)
    {
        var isHeard = _peers.HeardSinceLastCheck(member.Id);
        bool? hearsNothing = _told.Remove(member.Id, out var told) ? told : null;
        var link = _open.Find(member.Host, member.Port);
        if (!_watches.TryGetValue(member.Id, out var watch)) _watches[member.Id] = watch = new LinkWatch();
        _peers.Watched(member.Id);
        var rest = watch.Rest;
        switch (watch.Look(new LinkView(link?.Number, link?.Received ?? 0, isHeard, hearsNothing)))
        {
            case LinkVerdict.RenewSilent: Renew(member.Id, link!, $"{member.Id} has been silent", rest); break;
            case LinkVerdict.RenewUnheard: Renew(member.Id, link!, $"{member.Id} has received nothing", rest); break;
            case LinkVerdict.Keep: break;
        }

        _keeperOf(member).Tell(new LinkProbe(_settings.NodeId, !isHeard));
    }

    private void Renew(NodeId peer, Link link, string why, int rest)
    {
        _log.Warning(
            "{Node} renews its connection to {Peer}, which is open although {Why} for {Silence} s. It waits at least {Rest} s "
            + "before it renews the connection again.",
            _settings.NodeId,
            peer,
            why,
            _settings.SilentLinkTimeout.TotalSeconds,
            (rest * Interval).TotalSeconds);
        link.Disassociate("no messages get through", _log);
        _peers.Renewed(peer, Context.System.Scheduler.MonotonicClock);
    }

    private sealed record LookNow
    {
        public static readonly LookNow Instance = new();
    }
}

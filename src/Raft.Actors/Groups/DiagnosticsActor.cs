using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Inspection;
using Raft.Actors.Links;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>
/// Answers an operator's queries about a node's process: its actors, and its diagnostics. It is an actor beside the node, so that
/// it answers while the node is busy, starting or halted, and a measurement delays no one.
/// </summary>
internal sealed class DiagnosticsActor : ReceiveActor
{
    private static readonly TimeSpan PeerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DiskTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>The shortest interval between two measurements, however many queries arrive.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    private readonly RaftSettings _settings;
    private readonly GroupNodes _nodes;
    private readonly PeerLinks _links;
    private readonly IDiskProbe? _disk;
    private readonly IScheduler _clock = Context.System.Scheduler;
    private readonly HeardPeers _heard;
    private Task<NodeDiagnostics>? _last;
    private TimeSpan _lastBegan;
    private TimeSpan? _pingedPeersAt;

    public DiagnosticsActor(RaftSettings settings, GroupNodes nodes, PeerLinks links, IDiskProbe? disk)
    {
        _settings = settings;
        _nodes = nodes;
        _links = links;
        _disk = disk;
        _heard = new HeardPeers(nodes.IsKnown);
        Receive<GetActors>(query => Sender.Tell(ActorTreeReader.Read((ExtendedActorSystem)Context.System, query)));
        Receive<DiagnosticsPing>(ping =>
        {
            if (ping.AsksOn) PingPeers();
            _heard.Note(ping.From, _clock.MonotonicClock);
            Sender.Tell(new DiagnosticsPong(_clock.Now.ToUnixTimeMilliseconds()) { Heard = _heard.All(_clock.MonotonicClock) });
        });
        Receive<GetDiagnostics>(_ => Diagnostics().PipeTo(Sender));
    }

    public static string NameOf(GroupId group) => $"raft-{group}-diagnostics";

    private Task<NodeDiagnostics> Diagnostics()
    {
        if (_last is { IsCompleted: false }) return _last;
        if (_last is { IsCompletedSuccessfully: true } && _clock.MonotonicClock - _lastBegan < MinInterval) return _last;
        _lastBegan = _clock.MonotonicClock;
        return _last = DiagnoseAsync();
    }

    private async Task<NodeDiagnostics> DiagnoseAsync()
    {
        var disk = DiskAsync();
        var pongs = _nodes.DiagnosticsActorsBut(_settings.NodeId).Select(p => PingAsync(p.Node, p.DiagnosticsActor));
        var peers = (await Task.WhenAll(pongs).ConfigureAwait(false))
            .Select(peer => WithRenewals(peer with { HeardMillisecondsAgo = HeardAgo(peer.NodeId) }));
        return new NodeDiagnostics(
            _settings.NodeId, SettingTexts.Of(_settings), OwnVersions.All, [.. peers], await disk.ConfigureAwait(false));
    }

    private async Task<PeerView> PingAsync(NodeId node, IActorRef diagnostics)
    {
        var asked = _clock.HighResMonotonicClock;
        try
        {
            var ping = new DiagnosticsPing(_settings.NodeId, AsksOn: true);
            var pong = await diagnostics.Ask<DiagnosticsPong>(ping, PeerTimeout).ConfigureAwait(false);
            var roundTrip = _clock.HighResMonotonicClock - asked;
            var ahead = pong.UnixMilliseconds - (_clock.Now - (roundTrip / 2)).ToUnixTimeMilliseconds();
            return new PeerView(node, (long)roundTrip.TotalMicroseconds, ahead, null) { Hears = pong.Heard };
        }
        catch (AskTimeoutException)
        {
            return new PeerView(node, null, null, null);
        }
    }

    /// <summary>
    /// Pings the other processes, so that each knows whether it hears this one: the diagnostics then cover both directions, even
    /// if this process is not asked for its own. The pongs are ignored.
    /// </summary>
    private void PingPeers()
    {
        var now = _clock.MonotonicClock;
        if (now - _pingedPeersAt < MinInterval) return;
        _pingedPeersAt = now;
        foreach (var (_, diagnostics) in _nodes.DiagnosticsActorsBut(_settings.NodeId))
            diagnostics.Tell(new DiagnosticsPing(_settings.NodeId), ActorRefs.NoSender);
    }

    private long? HeardAgo(NodeId node) =>
        (long?)_heard.Ago(node, _clock.MonotonicClock)?.TotalMilliseconds;

    private PeerView WithRenewals(PeerView seen) => _links.RenewalsOf(seen.NodeId) is { Count: > 0 } renewals
        ? seen with
        {
            LinkRenewals = renewals.Count,
            LinkRenewedMillisecondsAgo = (long)(_clock.MonotonicClock - renewals.Last).TotalMilliseconds,
        }
        : seen;

    private async Task<DiskDiagnostics?> DiskAsync()
    {
        if (_disk is null) return null;
        using var stop = new CancellationTokenSource();
        try
        {
            return await _disk.MeasureAsync(stop.Token).WaitAsync(DiskTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            return new DiskDiagnostics(
                "", 0, 0, 0, "", [], $"The disk did not finish a handful of small writes within {DiskTimeout.TotalSeconds} s.");
        }
    }
}

using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Inspection;
using Raft.Actors.Links;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>
/// Answers what an operator asks of a node's process: which actors it has, and what is wrong with it. It is beside the node and
/// not in it, so that it answers while the node is busy, starting or halted, and measuring holds up nobody.
/// </summary>
internal sealed class DiagnosticsActor : ReceiveActor
{
    private static readonly TimeSpan PeerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DiskTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>However often it is asked, it measures no more often than this.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    private readonly RaftSettings _settings;
    private readonly GroupNodes _nodes;
    private readonly PeerLinks _links;
    private readonly IDiskProbe? _disk;
    private readonly IScheduler _clock = Context.System.Scheduler;
    private readonly HeardPeers _heard;
    private Task<NodeDiagnostics>? _last;
    private TimeSpan _lastBegan;
    private TimeSpan? _askedOn;

    public DiagnosticsActor(RaftSettings settings, GroupNodes nodes, PeerLinks links, IDiskProbe? disk)
    {
        _settings = settings;
        _nodes = nodes;
        _links = links;
        _disk = disk;
        _heard = new HeardPeers(nodes.IsKnown);
        Receive<GetActors>(query => Sender.Tell(ActorTreeReader.Read((ExtendedActorSystem)Context.System, query)));
        Receive<DiagnosticsPing>(probe =>
        {
            if (probe.AsksOn) AskOn();
            _heard.Note(probe.From, _clock.MonotonicClock);
            Sender.Tell(new DiagnosticsPong(_clock.Now.ToUnixTimeMilliseconds()) { Heard = _heard.All(_clock.MonotonicClock) });
        });
        Receive<GetDiagnostics>(_ => Examination().PipeTo(Sender));
    }

    public static string NameOf(GroupId group) => $"raft-{group}-examiner";

    private Task<NodeDiagnostics> Examination()
    {
        if (_last is { IsCompleted: false }) return _last;
        if (_last is { IsCompletedSuccessfully: true } && _clock.MonotonicClock - _lastBegan < MinInterval) return _last;
        _lastBegan = _clock.MonotonicClock;
        return _last = DiagnoseAsync();
    }

    private async Task<NodeDiagnostics> DiagnoseAsync()
    {
        var disk = DiskAsync();
        var answers = await Task.WhenAll(_nodes.DiagnosticsActorsBut(_settings.NodeId).Select(p => ProbeAsync(p.Node, p.DiagnosticsActor)))
            .ConfigureAwait(false);
        var peers = answers.Select(seen => WithRenewals(seen with { HeardMillisecondsAgo = HeardAgo(seen.NodeId) }));
        return new NodeDiagnostics(
            _settings.NodeId, SettingTexts.Of(_settings), OwnVersions.All, [.. peers], await disk.ConfigureAwait(false));
    }

    private async Task<PeerView> ProbeAsync(NodeId node, IActorRef examiner)
    {
        var asked = _clock.HighResMonotonicClock;
        try
        {
            var probe = new DiagnosticsPing(_settings.NodeId, AsksOn: true);
            var answer = await examiner.Ask<DiagnosticsPong>(probe, PeerTimeout).ConfigureAwait(false);
            var roundTrip = _clock.HighResMonotonicClock - asked;
            var here = (_clock.Now - (roundTrip / 2)).ToUnixTimeMilliseconds();
            return new PeerView(node, (long)roundTrip.TotalMicroseconds, answer.UnixMilliseconds - here, null) { Hears = answer.Heard };
        }
        catch (AskTimeoutException)
        {
            return new PeerView(node, null, null, null);
        }
    }

    /// <summary>
    /// Lets the others hear this process, wherever its examination is not asked for: who examines then knows both directions. The
    /// answers are for nobody.
    /// </summary>
    private void AskOn()
    {
        var now = _clock.MonotonicClock;
        if (now - _askedOn < MinInterval) return;
        _askedOn = now;
        foreach (var (_, examiner) in _nodes.DiagnosticsActorsBut(_settings.NodeId)) examiner.Tell(new DiagnosticsPing(_settings.NodeId), ActorRefs.NoSender);
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
        try
        {
            return await _disk.MeasureAsync().WaitAsync(DiskTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new DiskDiagnostics(
                "", 0, 0, 0, "", [], $"The disk did not finish a handful of small writes within {DiskTimeout.TotalSeconds} s.");
        }
    }
}

using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages about processes: their actors and their diagnostics.</summary>
internal static partial class RaftCodec
{
    private static GetActorsMessage ToProto(GetActors m) => new() { Under = m.Under, Depth = m.Depth, Limit = m.Limit };

    private static GetActors FromProto(GetActorsMessage p) => new(p.Under, p.Depth, p.Limit);

    private static ActorTreeMessage ToProto(ActorTree m)
    {
        var proto = new ActorTreeMessage { System = m.System, IsCut = m.IsCut };
        foreach (var actor in m.Actors)
        {
            var seen = new ActorViewMessage { Path = actor.Path, Type = actor.Type, Children = actor.Children };
            if (actor.Queued is { } queued) seen.Queued = queued;
            proto.Actors.Add(seen);
        }

        return proto;
    }

    private static ActorTree FromProto(ActorTreeMessage p) => new(
        p.System,
        Map(p.Actors, a => new ActorView(a.Path, a.Type, a.HasQueued ? a.Queued : null, a.Children)),
        p.IsCut);

    private static NodeDiagnosticsMessage ToProto(NodeDiagnostics m)
    {
        var proto = new NodeDiagnosticsMessage { NodeId = m.NodeId.Value };
        foreach (var setting in m.Settings) proto.Settings.Add(ToProto(setting));
        foreach (var version in m.Versions) proto.Versions.Add(ToProto(version));
        foreach (var peer in m.Peers) proto.Peers.Add(ToProto(peer));
        if (m.Disk is { } disk) proto.Disk = ToProto(disk);
        return proto;
    }

    private static NodeDiagnostics FromProto(NodeDiagnosticsMessage p) => new(
        new NodeId(p.NodeId),
        Map(p.Settings, FromProto),
        Map(p.Versions, FromProto),
        Map(p.Peers, FromProto),
        p.Disk is null ? null : FromProto(p.Disk));

    private static NamedTextMessage ToProto(NamedText m) => new() { Name = m.Name, Text = m.Text };

    private static NamedText FromProto(NamedTextMessage p) => new(p.Name, p.Text);

    private static PeerViewMessage ToProto(PeerView m)
    {
        var proto = new PeerViewMessage { NodeId = m.NodeId.Value };
        if (m.RoundTripMicroseconds is { } roundTrip) proto.RoundTripMicroseconds = roundTrip;
        if (m.ClockAheadMilliseconds is { } ahead) proto.ClockAheadMilliseconds = ahead;
        if (m.HeardMillisecondsAgo is { } heard) proto.HeardMillisecondsAgo = heard;
        proto.LinkRenewals = m.LinkRenewals;
        if (m.LinkRenewedMillisecondsAgo is { } renewed) proto.LinkRenewedMillisecondsAgo = renewed;
        foreach (var node in m.Hears) proto.Hears.Add(ToProto(node));
        return proto;
    }

    private static PeerView FromProto(PeerViewMessage p) => new(
        new NodeId(p.NodeId),
        p.HasRoundTripMicroseconds ? p.RoundTripMicroseconds : null,
        p.HasClockAheadMilliseconds ? p.ClockAheadMilliseconds : null,
        p.HasHeardMillisecondsAgo ? p.HeardMillisecondsAgo : null)
    {
        LinkRenewals = p.LinkRenewals,
        LinkRenewedMillisecondsAgo = p.HasLinkRenewedMillisecondsAgo ? p.LinkRenewedMillisecondsAgo : null,
        Hears = Map(p.Hears, FromProto),
    };

    private static HeardNodeMessage ToProto(HeardNode m) =>
        new() { NodeId = m.NodeId.Value, MillisecondsAgo = m.MillisecondsAgo };

    private static HeardNode FromProto(HeardNodeMessage p) => new(new NodeId(p.NodeId), p.MillisecondsAgo);

    private static DiskDiagnosticsMessage ToProto(DiskDiagnostics m)
    {
        var proto = new DiskDiagnosticsMessage
        {
            Folder = m.Folder,
            FreeBytes = m.FreeBytes,
            TotalBytes = m.TotalBytes,
            JournalBytes = m.JournalBytes,
            JournalMode = m.JournalMode,
            JournalLogBytes = m.JournalLogBytes,
        };
        proto.SyncMicroseconds.Add(m.SyncMicroseconds);
        if (m.Problem is { } problem) proto.Problem = problem;
        return proto;
    }

    private static DiskDiagnostics FromProto(DiskDiagnosticsMessage p) => new(
        p.Folder,
        p.FreeBytes,
        p.TotalBytes,
        p.JournalBytes,
        p.JournalMode,
        [.. p.SyncMicroseconds],
        p.HasProblem ? p.Problem : null)
    {
        JournalLogBytes = p.JournalLogBytes,
    };

    private static DiagnosticsPingMessage ToProto(DiagnosticsPing m) => new() { From = m.From.Value, AsksOn = m.AsksOn };

    private static DiagnosticsPing FromProto(DiagnosticsPingMessage p) => new(new NodeId(p.From), p.AsksOn);

    private static DiagnosticsPongMessage ToProto(DiagnosticsPong m) =>
        new() { UnixMilliseconds = m.UnixMilliseconds, Heard = { m.Heard.Select(ToProto) } };

    private static DiagnosticsPong FromProto(DiagnosticsPongMessage p) =>
        new(p.UnixMilliseconds) { Heard = Map(p.Heard, FromProto) };


    private static LinkProbeMessage ToProto(LinkProbe m) => new() { From = m.From.Value, HearsNothing = m.HearsNothing };

    private static LinkProbe FromProto(LinkProbeMessage p) => new(new NodeId(p.From), p.HearsNothing);
}

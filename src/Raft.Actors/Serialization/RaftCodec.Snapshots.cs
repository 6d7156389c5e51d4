using Google.Protobuf;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Snapshots in messages and events.</summary>
internal static partial class RaftCodec
{
    private static Point ToProto(LogPoint point) => new()
    {
        Index = point.Index.Value,
        Term = point.Term.Value,
        Time = point.Time.Ticks / TimeSpan.TicksPerMillisecond,
    };

    private static LogPoint FromProto(Point? p) => p is null
        ? throw new FormatException("A snapshot's last entry is missing.")
        : new LogPoint(new LogIndex(p.Index), new Term(p.Term), EntriesCodec.ToTime(p.Time));

    private static TakeSnapshotMessage ToProto(TakeSnapshot m)
    {
        var proto = new TakeSnapshotMessage();
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static TakeSnapshot FromProto(TakeSnapshotMessage p) => new() { Cluster = ClusterOf(p.HasCluster, p.Cluster) };

    private static InstallSnapshotRpc ToProto(InstallSnapshot m) => new()
    {
        Rpc = Header(m),
        Last = ToProto(m.Last),
        Length = m.Length,
        Offset = m.Offset,
        Data = UnsafeByteOperations.UnsafeWrap(m.Data),
        Part = m.Part,
        Round = m.Round,
        Incarnations = { m.Incarnations.Select(ToProto) },
    };

    private static InstallSnapshot FromProto(InstallSnapshotRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new InstallSnapshot(
            cluster, from, term, FromProto(p.Last), p.Length, p.Offset, p.Data.Memory, p.Part, p.Round)
        {
            Incarnations = Map(p.Incarnations, Incarnation),
        };
    }

    private static SnapshotReceivedRpc ToProto(SnapshotReceived m) =>
        new() { Rpc = Header(m), Index = m.Index.Value, Offset = m.Offset, Part = m.Part, Round = m.Round };

    private static SnapshotReceived FromProto(SnapshotReceivedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new SnapshotReceived(cluster, from, term, new LogIndex(p.Index), p.Offset, p.Part, p.Round);
    }

    private static SnapshotTakenMessage ToProto(SnapshotTaken m) =>
        new() { NodeId = m.NodeId.Value, Index = m.Index.Value, Bytes = m.Bytes };

    private static SnapshotTaken FromProto(SnapshotTakenMessage p) =>
        new(new NodeId(p.NodeId), new LogIndex(p.Index), p.Bytes);

    private static SnapshotRefusedMessage ToProto(SnapshotRefused m) => new() { Reason = m.Reason };

    private static SnapshotRefused FromProto(SnapshotRefusedMessage p) => new(p.Reason);

    private static SnapshotPartSavedEvent ToProto(SnapshotPartSaved e) =>
        new() { Index = e.Index.Value, Offset = e.Offset, Bytes = UnsafeByteOperations.UnsafeWrap(e.Bytes) };

    private static SnapshotPartSaved FromProto(SnapshotPartSavedEvent p) =>
        new(new LogIndex(p.Index), p.Offset, p.Bytes.Memory);

    private static SnapshotSavedEvent ToProto(SnapshotSaved e)
    {
        var proto = new SnapshotSavedEvent
        {
            Formed = ToProto(e.Formed),
            Self = e.Self is null ? null : ToProto(e.Self),
            Term = e.Term.Value,
            Last = ToProto(e.Last),
            Bytes = e.Bytes,
            Start = ToProto(e.Start),
            Entries = EntriesCodec.Encode(e.Entries),
            Incarnations = { e.Incarnations.Select(ToProto) },
            AwaitsReadmission = e.AwaitsReadmission,
        };
        if (e.VotedFor is { } votedFor) proto.VotedFor = votedFor.Value;
        return proto;
    }

    private static SnapshotSaved FromProto(SnapshotSavedEvent p) => new(
        FromProto(p.Formed ?? throw new FormatException("A snapshot's cluster is missing.")),
        p.Self is null ? null : Incarnation(p.Self),
        new Term(p.Term),
        p.HasVotedFor ? new NodeId(p.VotedFor) : null,
        FromProto(p.Last),
        p.Bytes,
        FromProto(p.Start),
        EntriesCodec.Decode(p.Entries))
    {
        Incarnations = Map(p.Incarnations, Incarnation),
        AwaitsReadmission = p.AwaitsReadmission,
    };
}

using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages of the monitoring.</summary>
internal static partial class RaftCodec
{
    private static MonitoringRequestedMessage ToProto(MonitoringRequested m) => new() { IsWatched = m.IsWatched };

    private static MonitoringRequested FromProto(MonitoringRequestedMessage p) => new(p.IsWatched);

    private static LeaderActivityMessage ToProto(LeaderActivity m)
    {
        var proto = new LeaderActivityMessage
        {
            NodeId = m.NodeId.Value,
            Term = m.Term.Value,
            WritesPerSecond = m.WritesPerSecond,
        };
        if (m.CommitP50 is { } p50) proto.CommitP50 = p50.Ticks / TimeSpan.TicksPerMicrosecond;
        if (m.CommitP99 is { } p99) proto.CommitP99 = p99.Ticks / TimeSpan.TicksPerMicrosecond;
        return proto;
    }

    private static LeaderActivity FromProto(LeaderActivityMessage p) => new(
        new NodeId(p.NodeId),
        new Term(p.Term),
        p.WritesPerSecond,
        p.HasCommitP50 ? new TimeSpan(p.CommitP50 * TimeSpan.TicksPerMicrosecond) : null,
        p.HasCommitP99 ? new TimeSpan(p.CommitP99 * TimeSpan.TicksPerMicrosecond) : null);
}

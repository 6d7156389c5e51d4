using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Incarnations, and the messages and events about journals that lost data.</summary>
internal static partial class RaftCodec
{
    private static JournalStamp Journal(Rpc? rpc) =>
        rpc is null ? default : new JournalStamp(rpc.Journal, rpc.Position, rpc.AwaitsReadmission);

    private static NodeIncarnation ToProto(Incarnation incarnation) =>
        new() { Node = incarnation.Node.Value, Journal = incarnation.Journal };

    private static Incarnation Incarnation(NodeIncarnation? p) =>
        p is null ? throw new FormatException("A node is missing.") : new Incarnation(new NodeId(p.Node), p.Journal);

    private static JournalForgotRpc ToProto(JournalForgot m) =>
        new() { Rpc = Header(m), Journal = m.Number, Position = m.Position };

    private static JournalForgot FromProto(JournalForgotRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new JournalForgot(cluster, from, term, p.Journal, p.Position);
    }

    private static ReadmissionSoughtEvent ToProto(ReadmissionSought e) =>
        new() { Formed = ToProto(e.Formed), Self = ToProto(e.Self) };

    private static ReadmissionSought FromProto(ReadmissionSoughtEvent p) => new(
        FromProto(p.Formed ?? throw new FormatException("The node's cluster is missing.")), Incarnation(p.Self));

    private static ReadmittedEvent ToProto(Readmitted e) => new() { Index = e.Index.Value };

    private static Readmitted FromProto(ReadmittedEvent p) => new(new LogIndex(p.Index));
}

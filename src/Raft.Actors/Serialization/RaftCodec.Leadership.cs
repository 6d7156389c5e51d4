using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages about leadership: pre-votes, transfers and ReadIndex requests.</summary>
internal static partial class RaftCodec
{
    private static RequestPreVoteRpc ToProto(RequestPreVote m) => new()
    {
        Rpc = Header(m),
        Attempt = m.Attempt,
        LastLogIndex = m.LastLogIndex.Value,
        LastLogTerm = m.LastLogTerm.Value,
    };

    private static RequestPreVote FromProto(RequestPreVoteRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new RequestPreVote(cluster, from, term, p.Attempt, new LogIndex(p.LastLogIndex), new Term(p.LastLogTerm));
    }

    private static PreVoteGrantedRpc ToProto(PreVoteGranted m) => new() { Rpc = Header(m), Attempt = m.Attempt };

    private static PreVoteGranted FromProto(PreVoteGrantedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new PreVoteGranted(cluster, from, term, p.Attempt);
    }

    private static PreVoteDeniedRpc ToProto(PreVoteDenied m) =>
        new() { Rpc = Header(m), Attempt = m.Attempt, Reason = (int)m.Reason };

    private static PreVoteDenied FromProto(PreVoteDeniedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new PreVoteDenied(cluster, from, term, p.Attempt, (VoteDenial)p.Reason);
    }

    private static TimeoutNowRpc ToProto(TimeoutNow m) => new() { Rpc = Header(m) };

    private static TimeoutNow FromProto(TimeoutNowRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new TimeoutNow(cluster, from, term);
    }

    private static RequestReadIndexRpc ToProto(RequestReadIndex m) => new() { Rpc = Header(m), ReadId = m.ReadId };

    private static RequestReadIndex FromProto(RequestReadIndexRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new RequestReadIndex(cluster, from, term, p.ReadId);
    }

    private static ReadIndexGrantedRpc ToProto(ReadIndexGranted m) =>
        new() { Rpc = Header(m), ReadId = m.ReadId, Index = m.Index.Value };

    private static ReadIndexGranted FromProto(ReadIndexGrantedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new ReadIndexGranted(cluster, from, term, p.ReadId, new LogIndex(p.Index));
    }

    private static TransferLeadershipMessage ToProto(TransferLeadership m)
    {
        var proto = new TransferLeadershipMessage();
        if (m.Target is { } target) proto.Target = target.Value;
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static TransferLeadership FromProto(TransferLeadershipMessage p) =>
        new(p.HasTarget ? new NodeId(p.Target) : null) { Cluster = ClusterOf(p.HasCluster, p.Cluster) };

    private static LeadershipTransferredMessage ToProto(LeadershipTransferred m) =>
        new() { From = m.From.Value, Target = m.Target.Value, Term = m.Term.Value };

    private static LeadershipTransferred FromProto(LeadershipTransferredMessage p) =>
        new(new NodeId(p.From), new NodeId(p.Target), new Term(p.Term));

    private static TransferRefusedMessage ToProto(TransferRefused m) =>
        new() { Refusal = (int)m.Refusal, Reason = m.Reason };

    private static TransferRefused FromProto(TransferRefusedMessage p) => new((TransferRefusal)p.Refusal, p.Reason);
}

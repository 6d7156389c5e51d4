using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages between nodes.</summary>
internal static partial class RaftCodec
{
    private static Rpc Header(RaftRpc rpc) => new()
    {
        Cluster = rpc.Cluster.Value,
        From = rpc.From.Value,
        Term = rpc.Term.Value,
        Journal = rpc.Journal.Number,
        Position = rpc.Journal.Position,
        AwaitsReadmission = rpc.Journal.AwaitsReadmission,
    };

    private static (ClusterId Cluster, NodeId From, Term Term) Header(Rpc? rpc) =>
        rpc is null
            ? throw new FormatException("The message has no sender.")
            : (new ClusterId(rpc.Cluster), new NodeId(rpc.From), new Term(rpc.Term));

    private static RequestVoteRpc ToProto(RequestVote m) => new()
    {
        Rpc = Header(m),
        LastLogIndex = m.LastLogIndex.Value,
        LastLogTerm = m.LastLogTerm.Value,
        IsTransfer = m.IsTransfer,
    };

    private static RequestVote FromProto(RequestVoteRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new RequestVote(cluster, from, term, new LogIndex(p.LastLogIndex), new Term(p.LastLogTerm), p.IsTransfer);
    }

    private static VoteGrantedRpc ToProto(VoteGranted m) => new() { Rpc = Header(m) };

    private static VoteGranted FromProto(VoteGrantedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new VoteGranted(cluster, from, term);
    }

    private static VoteDeniedRpc ToProto(VoteDenied m) => new() { Rpc = Header(m), Reason = (int)m.Reason };

    private static VoteDenied FromProto(VoteDeniedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new VoteDenied(cluster, from, term, (VoteDenial)p.Reason);
    }

    private static AppendEntriesRpc ToProto(AppendEntries m) => new()
    {
        Rpc = Header(m),
        PreviousIndex = m.PreviousIndex.Value,
        PreviousTerm = m.PreviousTerm.Value,
        Entries = EntriesCodec.Encode(m.Entries),
        LeaderCommit = m.LeaderCommit.Value,
        Round = m.Round,
        Traces = { m.Traces.Select(ToProto) },
    };

    private static Trace ToProto(EntryTrace trace) =>
        new() { Index = trace.Index.Value, Parent = trace.Parent.Value };

    private static AppendEntries FromProto(AppendEntriesRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new AppendEntries(
            cluster,
            from,
            term,
            new LogIndex(p.PreviousIndex),
            new Term(p.PreviousTerm),
            EntriesCodec.Decode(p.Entries),
            new LogIndex(p.LeaderCommit),
            p.Round)
        {
            Traces = Map(p.Traces, trace => new EntryTrace(new LogIndex(trace.Index), new TraceParent(trace.Parent))),
        };
    }

    private static AppendAcceptedRpc ToProto(AppendAccepted m) => new()
    {
        Rpc = Header(m),
        MatchIndex = m.MatchIndex.Value,
        Round = m.Round,
        Preference = (int)m.Preference,
    };

    private static AppendAccepted FromProto(AppendAcceptedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new AppendAccepted(
            cluster, from, term, new LogIndex(p.MatchIndex), p.Round, (LeadershipPreference)p.Preference);
    }

    private static AppendRejectedRpc ToProto(AppendRejected m)
    {
        var proto = new AppendRejectedRpc
        {
            Rpc = Header(m),
            RejectedIndex = m.RejectedIndex.Value,
            ConflictIndex = m.ConflictIndex.Value,
            Round = m.Round,
        };
        if (m.ConflictTerm is { } term) proto.ConflictTerm = term.Value;
        return proto;
    }

    private static AppendRejected FromProto(AppendRejectedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new AppendRejected(
            cluster,
            from,
            term,
            new LogIndex(p.RejectedIndex),
            p.HasConflictTerm ? new Term(p.ConflictTerm) : null,
            new LogIndex(p.ConflictIndex),
            p.Round);
    }

    private static AppendOutdatedRpc ToProto(AppendOutdated m) => new() { Rpc = Header(m) };

    private static AppendOutdated FromProto(AppendOutdatedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new AppendOutdated(cluster, from, term);
    }

    private static RpcRefusedRpc ToProto(RpcRefused m) => new() { Rpc = Header(m), Reason = m.Reason };

    private static RpcRefused FromProto(RpcRefusedRpc p)
    {
        var (cluster, from, term) = Header(p.Rpc);
        return new RpcRefused(cluster, from, term, p.Reason);
    }
}

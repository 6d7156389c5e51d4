using Google.Protobuf;
using Google.Protobuf.Collections;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Messages between clients and nodes, and the log's inspection.</summary>
internal static partial class RaftCodec
{
    private static ProposeMessage ToProto(Propose m)
    {
        var proto = new ProposeMessage();
        foreach (var proposal in m.Proposals)
            proto.Proposals.Add(ToProto(proposal));
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static Propose FromProto(ProposeMessage p) =>
        new(Map(p.Proposals, FromProto)) { Cluster = ClusterOf(p.HasCluster, p.Cluster) };

    private static ClusterId? ClusterOf(bool isKnown, string cluster) => isKnown ? new ClusterId(cluster) : null;

    private static ProposalMessage ToProto(Proposal m)
    {
        var proto = new ProposalMessage
        {
            RequestId = m.RequestId,
            Payload = UnsafeByteOperations.UnsafeWrap(m.Command),
            OpensSession = m.Kind == EntryKind.OpenSession,
        };
        if (m.Trace is { } trace) proto.TraceParent = trace.Value;
        switch (m.Origin)
        {
            case SessionCommand origin:
                (proto.Session, proto.Sequence, proto.Acknowledged) =
                    (origin.Session.Value, origin.Sequence, origin.Acknowledged);
                break;
            case KeyedCommand origin:
                proto.Key = origin.Key.Value;
                break;
        }

        return proto;
    }

    private static Proposal FromProto(ProposalMessage p) => new(p.RequestId, p.Payload.Memory)
    {
        Kind = p.OpensSession ? EntryKind.OpenSession : EntryKind.Command,
        Origin = p.HasKey ? new KeyedCommand(new IdempotencyKey(p.Key))
            : p.Session != 0 ? new SessionCommand(new SessionId(p.Session), p.Sequence, p.Acknowledged)
            : null,
        Trace = p.HasTraceParent ? new TraceParent(p.TraceParent) : null,
    };

    private static ClientQueryMessage ToProto(ClientQuery m)
    {
        var proto = new ClientQueryMessage { Consistency = (int)m.Consistency };
        foreach (var query in m.Queries)
            proto.Queries.Add(ToRequest(query.RequestId, query.Payload));
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static ClientQuery FromProto(ClientQueryMessage p) =>
        new(Map(p.Queries, r => new Query(r.RequestId, r.Payload.Memory)), (ReadConsistency)p.Consistency)
        {
            Cluster = ClusterOf(p.HasCluster, p.Cluster),
        };

    private static Request ToRequest(long requestId, ReadOnlyMemory<byte> payload) =>
        new() { RequestId = requestId, Payload = UnsafeByteOperations.UnsafeWrap(payload) };

    private static ClientRepliesMessage ToProto(ClientReplies m)
    {
        var proto = new ClientRepliesMessage();
        foreach (var reply in m.Replies)
            proto.Replies.Add(ToProto(reply));
        return proto;
    }

    private static ClientReplies FromProto(ClientRepliesMessage p) => new(Map(p.Replies, FromProto));

    private static Reply ToProto(ClientReply reply)
    {
        var proto = new Reply { RequestId = reply.RequestId };
        switch (reply)
        {
            case CommandApplied m:
                proto.Applied = new Applied
                {
                    Index = m.Index.Value,
                    Term = m.Term.Value,
                    Result = UnsafeByteOperations.UnsafeWrap(m.Result),
                };
                break;
            case QueryAnswered m:
                proto.Answered = new Answered
                {
                    AppliedIndex = m.AppliedIndex.Value,
                    Result = UnsafeByteOperations.UnsafeWrap(m.Result),
                };
                break;
            case NotLeader:
                proto.NotLeader = new Empty();
                break;
            case Overloaded:
                proto.Overloaded = new Empty();
                break;
            case RequestRefused m:
                proto.Refused = m.Reason;
                break;
            case OutcomeUnknown m:
                (proto.Unknown, proto.IsFinal) = (m.Reason, m.IsFinal);
                break;
            case SessionOpened m:
                proto.SessionOpened = m.Session.Value;
                break;
            case SessionExpired:
                proto.SessionExpired = new Empty();
                break;
            default:
                throw new ArgumentException($"{reply.GetType()} has no wire format.", nameof(reply));
        }

        return proto;
    }

    private static ClientReply FromProto(Reply p) => p.OutcomeCase switch
    {
        Reply.OutcomeOneofCase.Applied => new CommandApplied(
            p.RequestId, new LogIndex(p.Applied.Index), new Term(p.Applied.Term), p.Applied.Result.Memory),
        Reply.OutcomeOneofCase.Answered => new QueryAnswered(
            p.RequestId, new LogIndex(p.Answered.AppliedIndex), p.Answered.Result.Memory),
        Reply.OutcomeOneofCase.NotLeader => new NotLeader(p.RequestId),
        Reply.OutcomeOneofCase.Overloaded => new Overloaded(p.RequestId),
        Reply.OutcomeOneofCase.Refused => new RequestRefused(p.RequestId, p.Refused),
        Reply.OutcomeOneofCase.Unknown => new OutcomeUnknown(p.RequestId, p.Unknown) { IsFinal = p.IsFinal },
        Reply.OutcomeOneofCase.SessionOpened => new SessionOpened(p.RequestId, new SessionId(p.SessionOpened)),
        Reply.OutcomeOneofCase.SessionExpired => new SessionExpired(p.RequestId),
        _ => throw new FormatException($"The reply to request {p.RequestId} has no outcome."),
    };

    private static LeaderIsMessage ToProto(LeaderIs m)
    {
        var proto = new LeaderIsMessage { IsSelf = m.IsSelf, Term = m.Term.Value, Voters = m.Voters };
        if (m.Path is { } path) proto.Path = path;
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static LeaderIs FromProto(LeaderIsMessage p) => new(p.IsSelf, p.HasPath ? p.Path : null, new Term(p.Term))
    {
        Cluster = ClusterOf(p.HasCluster, p.Cluster),
        Voters = p.Voters,
    };

    private static FindLeaderMessage ToProto(FindLeader m)
    {
        var proto = new FindLeaderMessage();
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static FindLeader FromProto(FindLeaderMessage p) => new() { Cluster = ClusterOf(p.HasCluster, p.Cluster) };

    private static NodeStatusMessage ToProto(NodeStatus m)
    {
        var proto = new NodeStatusMessage
        {
            NodeId = m.NodeId.Value,
            ClusterId = m.ClusterId.Value,
            GroupId = m.GroupId.Value,
            Role = (int)m.Role,
            Term = m.Term.Value,
            CommitIndex = m.CommitIndex.Value,
            LastApplied = m.LastApplied.Value,
            LastLogIndex = m.LastLogIndex.Value,
            LastLogTerm = m.LastLogTerm.Value,
            SnapshotIndex = m.SnapshotIndex.Value,
            DurableIndex = m.DurableIndex.Value,
        };
        if (m.VotedFor is { } votedFor) proto.VotedFor = votedFor.Value;
        if (m.LeaderId is { } leader) proto.LeaderId = leader.Value;
        if (m.FirstLogIndex.Value != 1) proto.FirstLogIndex = m.FirstLogIndex.Value;
        proto.AwaitsReadmission = m.AwaitsReadmission;
        if (m.ElectionTimeout is { } timeout) proto.ElectionTimeout = timeout.Ticks / TimeSpan.TicksPerMillisecond;
        if (m.ElectionTimeoutLeft is { } left) proto.ElectionTimeoutLeft = left.Ticks / TimeSpan.TicksPerMillisecond;
        foreach (var member in m.Members)
            proto.Members.Add(new Member { NodeId = member.NodeId.Value, Address = member.Address });
        foreach (var follower in m.Followers) proto.Followers.Add(ToProto(follower));
        return proto;
    }

    private static NodeStatus FromProto(NodeStatusMessage p) => new(
        new NodeId(p.NodeId),
        new ClusterId(p.ClusterId),
        new GroupId(p.GroupId),
        (RaftRole)p.Role,
        new Term(p.Term),
        p.HasVotedFor ? new NodeId(p.VotedFor) : null,
        p.HasLeaderId ? new NodeId(p.LeaderId) : null,
        new LogIndex(p.CommitIndex),
        new LogIndex(p.LastApplied),
        new LogIndex(p.LastLogIndex),
        new Term(p.LastLogTerm),
        new LogIndex(p.SnapshotIndex),
        new LogIndex(p.DurableIndex),
        Map(p.Members, m => new MemberStatus(new NodeId(m.NodeId), m.Address)),
        new LogIndex(p.HasFirstLogIndex ? p.FirstLogIndex : 1),
        p.HasElectionTimeout ? new TimeSpan(p.ElectionTimeout * TimeSpan.TicksPerMillisecond) : null,
        p.HasElectionTimeoutLeft ? new TimeSpan(p.ElectionTimeoutLeft * TimeSpan.TicksPerMillisecond) : null,
        p.AwaitsReadmission)
    {
        Followers = Map(p.Followers, FromProto),
    };

    private static Follower ToProto(FollowerStatus m) => new()
    {
        NodeId = m.NodeId.Value,
        IsReached = m.IsReached,
        MatchIndex = m.MatchIndex.Value,
        Stalled = m.Stalled.Ticks / TimeSpan.TicksPerSecond,
    };

    private static FollowerStatus FromProto(Follower p) => new(
        new NodeId(p.NodeId), p.IsReached, new LogIndex(p.MatchIndex), new TimeSpan(p.Stalled * TimeSpan.TicksPerSecond));

    private static NodeDownMessage ToProto(NodeDown m) =>
        new() { NodeId = m.NodeId.Value, Reason = m.Reason, IsHalted = m.IsHalted };

    private static NodeDown FromProto(NodeDownMessage p) => new(new NodeId(p.NodeId), p.Reason, p.IsHalted);

    private static TTo[] Map<TFrom, TTo>(RepeatedField<TFrom> field, Func<TFrom, TTo> map)
    {
        var result = new TTo[field.Count];
        for (var i = 0; i < result.Length; i++) result[i] = map(field[i]);
        return result;
    }

    private static GetLogMessage ToProto(GetLog m)
    {
        var proto = new GetLogMessage { From = m.From.Value, Limit = m.Limit };
        if (m.Cluster is { } cluster) proto.Cluster = cluster.Value;
        return proto;
    }

    private static GetLog FromProto(GetLogMessage p) =>
        new(new LogIndex(p.From), p.Limit) { Cluster = ClusterOf(p.HasCluster, p.Cluster) };

    private static LogPageMessage ToProto(LogPage m) => new()
    {
        Entries = EntriesCodec.Encode(m.Entries),
        CommitIndex = m.CommitIndex.Value,
        LastApplied = m.LastApplied.Value,
        LastIndex = m.LastIndex.Value,

        // Omitted if nothing is compacted, as in versions without snapshots.
        FirstIndex = m.FirstIndex > LogIndex.Zero.Next() ? m.FirstIndex.Value : 0,
    };

    private static LogPage FromProto(LogPageMessage p) => new(
        EntriesCodec.Decode(p.Entries), new LogIndex(p.CommitIndex), new LogIndex(p.LastApplied), new LogIndex(p.LastIndex))
    {
        FirstIndex = LogIndex.Max(new LogIndex(p.FirstIndex), LogIndex.Zero.Next()),
    };
}

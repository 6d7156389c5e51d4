using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Serialization.Proto;

namespace Raft.Actors.Serialization;

/// <summary>Events of the journal.</summary>
internal static partial class RaftCodec
{
    private static ClusterFormedEvent ToProto(ClusterFormed e)
    {
        var proto = new ClusterFormedEvent { Cluster = e.Cluster.Value, Group = e.Group.Value, Node = e.Node.Value };
        foreach (var voter in e.Voters) proto.Voters.Add(voter.Value);
        foreach (var participant in e.Participants) proto.Participants.Add(ToProto(participant));
        return proto;
    }

    private static ClusterFormed FromProto(ClusterFormedEvent p) => new(
        new ClusterId(p.Cluster), new GroupId(p.Group), new NodeId(p.Node), Map(p.Voters, v => new NodeId(v)))
    {
        Participants = Map(p.Participants, Incarnation),
    };

    private static TermStartedEvent ToProto(TermStarted e)
    {
        var proto = new TermStartedEvent { Term = e.Term.Value };
        if (e.VotedFor is { } votedFor) proto.VotedFor = votedFor.Value;
        return proto;
    }

    private static TermStarted FromProto(TermStartedEvent p) =>
        new(new Term(p.Term), p.HasVotedFor ? new NodeId(p.VotedFor) : null);

    private static EntriesAppendedEvent ToProto(EntriesAppended e) =>
        new() { Entries = EntriesCodec.Encode(e.Entries), Committed = e.Committed.Value };

    private static EntriesAppended FromProto(EntriesAppendedEvent p) =>
        new(EntriesCodec.Decode(p.Entries)) { Committed = new LogIndex(p.Committed) };

    private static LogTruncatedEvent ToProto(LogTruncated e) => new() { From = e.From.Value };

    private static LogTruncated FromProto(LogTruncatedEvent p) => new(new LogIndex(p.From));
}

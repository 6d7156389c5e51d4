using Akka.Actor;
using Akka.TestKit;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>A member of the group, played by the test.</summary>
/// <param name="scenario">The scenario with the node under test.</param>
/// <param name="id">The member's name.</param>
/// <param name="probe">Receives what the node sends.</param>
internal sealed class Peer(RaftScenario scenario, NodeId id, TestProbe probe)
{
    public NodeId Id => id;

    public IActorRef Ref => probe.Ref;

    /// <summary>The sender of the last expected message.</summary>
    public IActorRef LastSender => probe.LastSender;

    /// <summary>Expects a message of this type from the node. An RPC is returned without its journal.</summary>
    public T Expects<T>()
        where T : class => Said(probe.ExpectMsg<T>());

    /// <summary>Expects an RPC of this type from the node, and returns its journal.</summary>
    public JournalStamp ExpectsJournal<T>()
        where T : RaftRpc => probe.ExpectMsg<T>().Journal;

    /// <summary>Expects a message of this type, and skips those that the node sent as a leader.</summary>
    public T ExpectsAfterHeartbeats<T>()
        where T : class => Said((T)probe.FishForMessage(message => message is T));

    /// <summary>All messages, once the node is idle.</summary>
    public IReadOnlyList<object> TakeAll()
    {
        scenario.Settle();
        var all = new List<object>();
        while (probe.HasMessages) all.Add(Said(probe.ReceiveOne(TimeSpan.Zero)));
        return all;
    }

    private static T Said<T>(T message)
        where T : class => message is RaftRpc rpc ? (T)(object)(rpc with { Journal = default }) : message;

    /// <summary>The node is idle and has sent nothing more.</summary>
    public void ExpectsNothing() => Assert.Empty(TakeAll());

    public void Sends(object message) => scenario.Tell(message, probe.Ref);

    /// <summary>As a candidate: requests a vote.</summary>
    public void AsksForVote(long term, long lastIndex = 0, long lastTerm = 0) =>
        Sends(new RequestVote(RaftScenario.Cluster, id, new Term(term), new LogIndex(lastIndex), new Term(lastTerm)));

    /// <summary>As a voter.</summary>
    public void Votes(long term) => Sends(new VoteGranted(RaftScenario.Cluster, id, new Term(term)));

    /// <summary>As a voter.</summary>
    public void Denies(long term, VoteDenial reason = VoteDenial.AlreadyVoted) =>
        Sends(new VoteDenied(RaftScenario.Cluster, id, new Term(term), reason));

    /// <summary>As a leader: sends entries that follow the one at <paramref name="previous"/>.</summary>
    public void Appends(
        long term, (long Index, long Term) previous, LogEntry[] entries, long commit = 0, long round = 0) =>
        Sends(new AppendEntries(
            RaftScenario.Cluster,
            id,
            new Term(term),
            new LogIndex(previous.Index),
            new Term(previous.Term),
            entries,
            new LogIndex(commit),
            round));

    /// <summary>As a leader.</summary>
    public void Heartbeats(long term, (long Index, long Term) previous = default, long commit = 0, long round = 0) =>
        Appends(term, previous, [], commit, round);

    /// <summary>As a follower: has everything up to <paramref name="match"/> on disk.</summary>
    public void Accepts(long term, long match, long round = 0) =>
        Sends(new AppendAccepted(RaftScenario.Cluster, id, new Term(term), new LogIndex(match), round));

    /// <summary>As a follower: lacks the entry at <paramref name="rejected"/>.</summary>
    public void Rejects(long term, long rejected, long? conflictTerm, long conflictIndex, long round = 0) =>
        Sends(new AppendRejected(
            RaftScenario.Cluster,
            id,
            new Term(term),
            new LogIndex(rejected),
            conflictTerm is { } t ? new Term(t) : null,
            new LogIndex(conflictIndex),
            round));

    /// <summary>The next message, which must be a heartbeat or an append of exactly these indexes.</summary>
    public AppendEntries ExpectsAppend(long previous, params long[] indexes)
    {
        var append = Expects<AppendEntries>();
        Assert.Equal(previous, append.PreviousIndex.Value);
        Assert.Equal(indexes, append.Entries.Select(e => e.Index.Value));
        return append;
    }

    /// <summary>The next message, which must accept everything up to <paramref name="match"/>.</summary>
    public AppendAccepted ExpectsAccepted(long match)
    {
        var accepted = Expects<AppendAccepted>();
        Assert.Equal(match, accepted.MatchIndex.Value);
        return accepted;
    }
}

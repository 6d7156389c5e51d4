using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Terms (Raft §5.1; Figure 2, rules for all servers).</summary>
public sealed class TermTests : RaftScenario
{
    /// <summary>Every message that a correct peer may send in term 7 to a node in an older term.</summary>
    public static TheoryData<string> MessagesOfANewerTerm => [.. NewerTerm.Keys];

    private static readonly Dictionary<string, Action<Peer>> NewerTerm = new()
    {
        ["a vote request"] = peer => peer.AsksForVote(term: 7),
        ["a vote request of an outdated log"] = peer => peer.AsksForVote(term: 7, lastIndex: 1, lastTerm: 0),
        ["a denied vote"] = peer => peer.Denies(term: 7, VoteDenial.StaleTerm),
        ["a granted vote"] = peer => peer.Votes(term: 7),
        ["a heartbeat"] = peer => peer.Heartbeats(term: 7),
        ["a heartbeat that does not fit"] = peer => peer.Heartbeats(term: 7, previous: (9, 6)),
        ["an accepted append"] = peer => peer.Accepts(term: 7, match: 1),
        ["a rejected append"] = peer => peer.Rejects(term: 7, rejected: 1, conflictTerm: null, conflictIndex: 1),
        ["an outdated append"] = peer => peer.Sends(new AppendOutdated(Cluster, peer.Id, new Term(7))),
    };

    /// <summary>Figure 2: if an RPC has a newer term, set currentTerm to it and convert to follower.</summary>
    [Theory]
    [MemberData(nameof(MessagesOfANewerTerm))]
    public void A_newer_term_turns_a_leader_into_a_follower(string message)
    {
        Leader(term: 1);
        NewerTerm[message](N2);
        Assert.Equal((RaftRole.Follower, new Term(7)), (Status().Role, Status().Term));
    }

    /// <summary>Figure 2, as above.</summary>
    [Theory]
    [MemberData(nameof(MessagesOfANewerTerm))]
    public void A_newer_term_turns_a_candidate_into_a_follower(string message)
    {
        Node(term: 1);
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        NewerTerm[message](N2);
        Assert.Equal((RaftRole.Follower, new Term(7)), (Status().Role, Status().Term));
    }

    /// <summary>Figure 2, as above.</summary>
    [Theory]
    [MemberData(nameof(MessagesOfANewerTerm))]
    public void A_follower_adopts_a_newer_term(string message)
    {
        Node(term: 1);
        NewerTerm[message](N2);
        Assert.Equal((RaftRole.Follower, new Term(7)), (Status().Role, Status().Term));
    }

    /// <summary>§5.1: a vote counts in its own term only.</summary>
    [Fact]
    public void A_newer_term_starts_without_a_vote_and_without_a_leader()
    {
        Node(term: 1, votedFor: "n3");
        N2.Heartbeats(term: 1);
        Assert.Equal(N2.Id, Status().LeaderId);

        N3.Denies(term: 2, VoteDenial.StaleTerm);
        Assert.Equal((new Term(2), null, null), (Status().Term, Status().VotedFor, Status().LeaderId));
    }

    /// <summary>Figure 2, AppendEntries, receiver 1: reply false if the leader's term is old.</summary>
    [Fact]
    public void An_append_of_an_old_term_is_answered_with_the_new_term_and_changes_nothing()
    {
        Node(log: Terms(1, 3));
        N2.Appends(term: 2, previous: (1, 1), [Entry(2, 2)], commit: 2);
        Assert.Equal(new AppendOutdated(Cluster, N1, new Term(3)), N2.Expects<AppendOutdated>());
        Assert.Equal([1, 3], LogTerms());
        Assert.Equal((null, LogIndex.Zero), (Status().LeaderId, Status().CommitIndex));
    }

    /// <summary>§5.1: a node in an old term learns the new term, whatever its role is.</summary>
    [Fact]
    public void A_leader_answers_an_append_of_an_old_term_with_its_own()
    {
        var term = Leader(term: 4);
        N2.Heartbeats(term: 4);
        Assert.Equal(term, N2.Expects<AppendOutdated>().Term.Value);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>§5.1: a reply of an old term is about another leadership.</summary>
    [Fact]
    public void A_leader_ignores_replies_of_an_old_term()
    {
        Leader(log: Terms(1), term: 1);
        N2.Accepts(term: 1, match: 2);
        N2.Rejects(term: 1, rejected: 1, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsNothing();
        Assert.Equal((RaftRole.Leader, LogIndex.Zero), (Status().Role, Status().CommitIndex));
    }

    /// <summary>Figure 2: currentTerm is persistent.</summary>
    [Fact]
    public void The_term_is_remembered_after_a_crash()
    {
        Node();
        N2.Heartbeats(term: 6);
        CrashAndRestart();
        Assert.Equal(new Term(6), Status().Term);
        N3.Heartbeats(term: 5);
        N2.TakeAll();
        Assert.Equal(new Term(6), N3.Expects<AppendOutdated>().Term);
    }

    /// <summary>Figure 2: updated on stable storage before responding to RPCs.</summary>
    [Fact]
    public void A_heartbeat_of_a_new_term_is_answered_when_that_term_is_durable()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Heartbeats(term: 2);
        N2.ExpectsNothing();

        DiskCatchesUp();
        Assert.Equal(new Term(2), N2.Expects<AppendAccepted>().Term);
    }
}

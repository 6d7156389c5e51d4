using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Granting votes (Raft §5.2, §5.4.1; Figure 2, RequestVote RPC, receiver).</summary>
public sealed class VotingTests : RaftScenario
{
    /// <summary>Figure 2, RequestVote, receiver 2.</summary>
    [Fact]
    public void A_node_votes_for_the_first_candidate()
    {
        Node();
        N2.AsksForVote(term: 1);
        Assert.Equal(new VoteGranted(Cluster, N1, new Term(1)), N2.Expects<VoteGranted>());
        Assert.Equal(N2.Id, Status().VotedFor);
    }

    /// <summary>§5.2: first come, first served.</summary>
    [Fact]
    public void A_node_votes_once_per_term()
    {
        Node();
        N2.AsksForVote(term: 1);
        N3.AsksForVote(term: 1);
        N2.Expects<VoteGranted>();
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);
    }

    /// <summary>Figure 2: votedFor is null or the candidate. The first answer may have been lost.</summary>
    [Fact]
    public void A_candidate_that_requests_a_vote_again_gets_it_again()
    {
        Node();
        N2.AsksForVote(term: 1);
        N2.AsksForVote(term: 1);
        N2.Expects<VoteGranted>();
        N2.Expects<VoteGranted>();
        Assert.Single(Disk.Events.OfType<TermStarted>());
    }

    /// <summary>§5.2: a new term is a new election.</summary>
    [Fact]
    public void A_node_votes_again_in_a_new_term()
    {
        Node(term: 1, votedFor: "n2");
        N3.AsksForVote(term: 2);
        Assert.Equal(new Term(2), N3.Expects<VoteGranted>().Term);
    }

    /// <summary>Figure 2, RequestVote, receiver 1.</summary>
    [Fact]
    public void A_candidate_of_an_old_term_gets_no_vote_but_the_new_term()
    {
        Node(term: 3);
        N2.AsksForVote(term: 2);
        Assert.Equal(new VoteDenied(Cluster, N1, new Term(3), VoteDenial.StaleTerm), N2.Expects<VoteDenied>());
        Assert.Null(Status().VotedFor);
    }

    /// <summary>§5.4.1: the later last term is more up to date; with equal terms the longer log is. Hazard 6.</summary>
    [Theory]
    [InlineData(3, 2, true)] // The same log.
    [InlineData(4, 2, true)] // Longer.
    [InlineData(2, 2, false)] // Shorter.
    [InlineData(1, 3, true)] // Shorter, but of a later term.
    [InlineData(9, 1, false)] // Longer, but of an earlier term.
    [InlineData(0, 0, false)] // Empty.
    public void A_vote_goes_only_to_a_log_that_is_up_to_date(long lastIndex, long lastTerm, bool granted)
    {
        Node(log: Terms(1, 1, 2));
        N2.AsksForVote(term: 5, lastIndex, lastTerm);
        if (granted) N2.Expects<VoteGranted>();
        else Assert.Equal(VoteDenial.LogNotUpToDate, N2.Expects<VoteDenied>().Reason);
        Assert.Equal(new Term(5), Status().Term);
        Assert.Equal(granted ? N2.Id : null, Status().VotedFor);
    }

    /// <summary>§5.4.1: a refusal does not use up the vote.</summary>
    [Fact]
    public void A_refused_candidate_leaves_the_vote_for_another()
    {
        Node(log: Terms(1, 1, 2));
        N2.AsksForVote(term: 3, lastIndex: 2, lastTerm: 1);
        N3.AsksForVote(term: 3, lastIndex: 3, lastTerm: 2);
        N2.Expects<VoteDenied>();
        N3.Expects<VoteGranted>();
    }

    /// <summary>§5.2: a candidate votes for itself, and so does the leader that it becomes.</summary>
    [Fact]
    public void A_candidate_and_a_leader_deny_their_vote_to_other_candidates_of_their_term()
    {
        Node();
        Advance(ElectionTimeout);
        N3.TakeAll();
        N3.AsksForVote(term: 1);
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);

        N2.Votes(term: 1);
        Assert.Equal(RaftRole.Leader, Status().Role);
        N3.TakeAll();
        N3.AsksForVote(term: 1);
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);
    }

    /// <summary>Figure 2: updated on stable storage before responding to RPCs. Hazard 2.</summary>
    [Fact]
    public void A_vote_is_durable_before_it_is_answered()
    {
        Node(term: 1);
        Disk.Hold();
        N2.AsksForVote(term: 1);
        N2.ExpectsNothing();

        DiskCatchesUp();
        N2.Expects<VoteGranted>();
        Assert.Equal(new TermStarted(new Term(1), N2.Id), Disk.Events[^1]);
    }

    /// <summary>Hazard 2: the second answer promises as much as the first one.</summary>
    [Fact]
    public void A_vote_requested_twice_waits_for_the_disk_twice()
    {
        Node(term: 1);
        Disk.Hold();
        N2.AsksForVote(term: 1);
        N2.AsksForVote(term: 1);
        N2.ExpectsNothing();

        DiskCatchesUp();
        N2.Expects<VoteGranted>();
        N2.Expects<VoteGranted>();
    }

    /// <summary>§5.2: a crash between the two would let a node forget that it voted.</summary>
    [Fact]
    public void A_new_term_and_the_vote_in_it_are_one_event()
    {
        Node(term: 1);
        N2.AsksForVote(term: 4);
        N2.Expects<VoteGranted>();
        Assert.Equal([Formed(3), new TermStarted(new Term(1), null), new TermStarted(new Term(4), N2.Id)], Disk.Events, Same);
    }

    /// <summary>Hazard 2: a restart by the supervisor must not forget a vote.</summary>
    [Fact]
    public void A_vote_is_remembered_after_a_crash()
    {
        Node();
        N2.AsksForVote(term: 1);
        N2.Expects<VoteGranted>();

        CrashAndRestart();
        N3.AsksForVote(term: 1);
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);
        N2.AsksForVote(term: 1);
        N2.Expects<VoteGranted>();
    }

    /// <summary>The converse of hazard 2: what is on no disk was promised to no node.</summary>
    [Fact]
    public void A_vote_that_was_lost_with_its_write_was_never_answered()
    {
        Node(term: 1);
        Disk.Hold();
        N2.AsksForVote(term: 1);

        CrashAndRestart();
        N2.ExpectsNothing();
        N3.AsksForVote(term: 1);
        N3.Expects<VoteGranted>();
    }

    private static bool Same(RaftEvent left, RaftEvent right) =>
        left is ClusterFormed a && right is ClusterFormed b
            ? (a.Cluster, a.Group, a.Node) == (b.Cluster, b.Group, b.Node) && a.Voters.SequenceEqual(b.Voters)
            : left == right;
}

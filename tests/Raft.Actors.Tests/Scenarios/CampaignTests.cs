using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Requesting votes (Raft §5.2; Figure 2, rules for candidates).</summary>
public sealed class CampaignTests : RaftScenario
{
    /// <summary>
    /// §5.2: it increments its term and sends RequestVote to all others; §5.4.1: with the end of its log.
    /// </summary>
    [Fact]
    public void A_follower_that_hears_no_leader_requests_votes_from_all_others()
    {
        Node(log: Terms(1, 1, 2));
        Advance(ElectionTimeout);
        var expected = new RequestVote(Cluster, N1, new Term(3), new LogIndex(3), new Term(2));
        Assert.Equal(expected, N2.Expects<RequestVote>());
        Assert.Equal(expected, N3.Expects<RequestVote>());
        Assert.Equal((RaftRole.Candidate, N1), (Status().Role, Status().VotedFor!.Value));
    }

    /// <summary>Figure 2: its vote for itself is a vote, and as persistent as any other. Hazard 2.</summary>
    [Fact]
    public void A_candidate_requests_votes_when_its_own_is_durable()
    {
        Node(term: 1);
        Disk.Hold();
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        N2.ExpectsNothing();

        DiskCatchesUp();
        N2.Expects<RequestVote>();
        Assert.Equal(new TermStarted(new Term(2), N1), Disk.Events[^1]);
    }

    /// <summary>§5.2: a majority of the full cluster.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    public void A_candidate_with_the_votes_of_a_majority_becomes_leader(int members, int votesNeeded)
    {
        Node(members: members);
        Advance(ElectionTimeout);
        foreach (var voter in new[] { N2, N3 }.Take(votesNeeded))
        {
            Assert.Equal(RaftRole.Candidate, Status().Role);
            voter.Votes(term: 1);
        }

        Assert.Equal((RaftRole.Leader, N1), (Status().Role, Status().LeaderId!.Value));
    }

    /// <summary>Hazard 3: votes are counted per voter, not per message.</summary>
    [Fact]
    public void A_vote_that_arrives_twice_counts_once()
    {
        Node(members: 5);
        Advance(ElectionTimeout);
        N2.Votes(term: 1);
        N2.Votes(term: 1);
        Assert.Equal(RaftRole.Candidate, Status().Role);

        N3.Votes(term: 1);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>Hazard 4.</summary>
    [Fact]
    public void A_vote_of_an_old_term_does_not_count()
    {
        Node();
        Advance(ElectionTimeout);
        Advance(ElectionTimeout);
        N2.Votes(term: 1);
        Assert.Equal((RaftRole.Candidate, new Term(2)), (Status().Role, Status().Term));

        N2.Votes(term: 2);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>§5.2: a denial is not a vote.</summary>
    [Fact]
    public void Denied_votes_elect_no_leader()
    {
        Node(members: 5);
        Advance(ElectionTimeout);
        N2.Denies(term: 1);
        N3.Denies(term: 1);
        N4.Denies(term: 1);
        Assert.Equal((RaftRole.Candidate, new Term(1)), (Status().Role, Status().Term));
    }

    /// <summary>A vote for an election before a crash: the follower has not requested it since its restart.</summary>
    [Fact]
    public void A_vote_for_a_node_that_does_not_campaign_is_ignored()
    {
        Node();
        Advance(ElectionTimeout);
        CrashAndRestart();
        N2.Votes(term: 1);
        Assert.Equal((RaftRole.Follower, new Term(1)), (Status().Role, Status().Term));
    }

    /// <summary>§5.2: a split vote is followed by another election.</summary>
    [Fact]
    public void An_election_without_an_outcome_is_followed_by_one_in_a_new_term()
    {
        Node(members: 5);
        Advance(ElectionTimeout);
        N2.Votes(term: 1);
        Assert.Equal(new Term(1), N3.Expects<RequestVote>().Term);

        Advance(ElectionTimeout);
        Assert.Equal(new Term(2), N3.Expects<RequestVote>().Term);
        N3.Votes(term: 2);
        Assert.Equal((RaftRole.Candidate, new Term(2)), (Status().Role, Status().Term));
    }

    /// <summary>Hazard 5: a second timeout is a second election, not a second vote.</summary>
    [Fact]
    public void A_candidate_never_elects_itself_by_a_second_timeout()
    {
        Node();
        Advance(ElectionTimeout);
        Advance(ElectionTimeout);
        Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Candidate, new Term(3)), (Status().Role, Status().Term));
    }

    /// <summary>
    /// A candidate whose vote is not durable has requested no votes; another term would only be written even later.
    /// </summary>
    [Fact]
    public void A_candidate_with_a_slow_disk_starts_one_election_only()
    {
        Node(term: 1);
        Disk.Hold();
        for (var i = 0; i < 4; i++) Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Candidate, new Term(2)), (Status().Role, Status().Term));

        DiskCatchesUp();
        Assert.Equal(new Term(2), N2.Expects<RequestVote>().Term);
        Advance(ElectionTimeout);
        Assert.Equal(new Term(3), N2.Expects<RequestVote>().Term);
    }

    /// <summary>A campaign that ended before its vote was durable requests no votes.</summary>
    [Fact]
    public void A_candidate_that_stepped_down_meanwhile_requests_no_votes()
    {
        Node(term: 1);
        Disk.Hold();
        Advance(ElectionTimeout);
        N2.Heartbeats(term: 3);
        DiskCatchesUp();
        N2.ExpectsAccepted(match: 0);
        N2.ExpectsNothing();
        N3.ExpectsNothing();
    }

    /// <summary>§5.2: the leader of a term at least as new is legitimate.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_candidate_that_hears_the_leader_of_its_term_or_a_newer_one_follows_it(long term)
    {
        Node();
        Advance(ElectionTimeout);
        N2.TakeAll();
        N2.Appends(term, previous: (0, 0), [Entry(1, 1)]);
        Assert.Equal(term, N2.ExpectsAccepted(match: 1).Term.Value);
        Assert.Equal((RaftRole.Follower, N2.Id), (Status().Role, Status().LeaderId!.Value));
    }

    /// <summary>§5.2: it rejects the RPC and stays candidate.</summary>
    [Fact]
    public void A_candidate_that_hears_a_leader_of_an_older_term_stays_candidate()
    {
        Node(term: 1);
        Advance(ElectionTimeout);
        N2.TakeAll();
        N2.Heartbeats(term: 1);
        Assert.Equal(new Term(2), N2.Expects<AppendOutdated>().Term);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    /// <summary>§5.2: a term has one leader; a late vote must not make a node leader twice.</summary>
    [Fact]
    public void A_vote_that_comes_after_the_election_changes_nothing()
    {
        Leader();
        N3.Votes(term: 1);
        N3.ExpectsNothing();
        Assert.Single(LogTerms());
    }

    /// <summary>§5.2: of one voter, one is a majority.</summary>
    [Fact]
    public void A_single_node_elects_itself()
    {
        Node(members: 1);
        Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Leader, new LogIndex(1)), (Status().Role, Status().CommitIndex));
    }

    /// <summary>Hazard 21: the single vote counts when it is durable.</summary>
    [Fact]
    public void A_single_node_does_not_lead_before_its_vote_is_durable()
    {
        Node(term: 1, members: 1);
        Disk.Hold();
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        DiskDoesOneWrite();
        Assert.Equal((RaftRole.Leader, LogIndex.Zero), (Status().Role, Status().CommitIndex));
        DiskDoesOneWrite();
        Assert.Equal(new LogIndex(1), Status().CommitIndex);
    }
}

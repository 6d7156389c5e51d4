using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Pre-vote and leader stickiness (dissertation §4.2.3, §9.6).</summary>
public sealed class PreVoteTests : RaftScenario
{
    private const string On = "raft.pre-vote = on";
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void A_follower_that_hears_no_leader_requests_pre_votes_in_its_own_term_and_writes_nothing()
    {
        Node(Terms(1, 1), term: 3, settings: On);
        var writes = Disk.Events.Count;
        Advance(ElectionTimeout);
        var request = N2.Expects<RequestPreVote>();
        Assert.Equal((3, 2, 1), (request.Term.Value, request.LastLogIndex.Value, request.LastLogTerm.Value));
        Assert.Equal(request, N3.Expects<RequestPreVote>());
        Assert.Equal((RaftRole.Follower, 3), (Status().Role, Status().Term.Value));
        Assert.Equal(writes, Disk.Events.Count);
    }

    [Fact]
    public void A_slow_deletion_does_not_prevent_pre_votes()
    {
        Node(Terms(1, 1), settings: $"{On}\nraft.snapshot-keep-entries = 0");
        N2.Heartbeats(term: 1, (2, 1), commit: 2);
        Disk.HoldDeletions();
        N3.Sends(TakeSnapshot.Instance);
        N3.Expects<SnapshotTaken>();
        Advance(ShortestTimeout);
        N2.Heartbeats(term: 1, (2, 1), commit: 2);
        N2.TakeAll();
        Advance(ElectionTimeout);
        N2.Expects<RequestPreVote>();
    }

    [Fact]
    public void With_a_majority_of_pre_votes_it_campaigns()
    {
        Node(Terms(1), members: 5, settings: On);
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        PreVotes(N2, term: 1, attempt);
        PreVotes(N2, term: 1, attempt);
        Assert.Equal(RaftRole.Follower, Status().Role);
        PreVotes(N3, term: 1, attempt);
        Assert.Equal((RaftRole.Candidate, 2), (Status().Role, Status().Term.Value));
        Assert.False(N2.Expects<RequestVote>().IsTransfer);
    }

    [Fact]
    public void Pre_votes_of_an_earlier_attempt_do_not_count()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        var earlier = N2.Expects<RequestPreVote>().Attempt;
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        PreVotes(N2, term: 1, earlier);
        Assert.Equal(RaftRole.Follower, Status().Role);
        PreVotes(N2, term: 1, attempt);
        Assert.Equal(RaftRole.Candidate, Status().Role);
    }

    [Fact]
    public void Denied_by_a_majority_it_waits_for_its_next_timeout()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        foreach (var peer in new[] { N2, N3 })
            peer.Sends(new PreVoteDenied(Cluster, peer.Id, new Term(1), attempt, VoteDenial.LeaderIsKnown));
        PreVotes(N2, term: 1, attempt);
        Assert.Equal((RaftRole.Follower, 1), (Status().Role, Status().Term.Value));
        Advance(ElectionTimeout);
        Assert.NotEqual(attempt, N2.Expects<RequestPreVote>().Attempt);
    }

    [Fact]
    public void A_denial_tells_a_newer_term()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        N2.Sends(new PreVoteDenied(Cluster, N2.Id, new Term(7), attempt, VoteDenial.StaleTerm));
        Assert.Equal((RaftRole.Follower, 7), (Status().Role, Status().Term.Value));
    }

    [Fact]
    public void A_node_that_hears_the_leader_again_ends_its_pre_election()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        N3.Heartbeats(term: 1, (1, 1));
        PreVotes(N2, term: 1, attempt);
        Assert.Equal((RaftRole.Follower, N3.Id), (Status().Role, Status().LeaderId));
    }

    /// <summary>
    /// Without pre-votes, a candidate would raise its term with each timeout and depose the leader elected meanwhile.
    /// </summary>
    [Fact]
    public void A_candidate_without_a_majority_requests_pre_votes_before_it_raises_its_term()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        PreVotes(N2, term: 1, N2.Expects<RequestPreVote>().Attempt);
        Advance(ElectionTimeout);
        Assert.Equal((RaftRole.Follower, 2), (Status().Role, Status().Term.Value));
        N2.Expects<RequestVote>();
        Assert.Equal(2, N2.Expects<RequestPreVote>().Term.Value);
    }

    [Fact]
    public void A_node_that_votes_for_another_ends_its_own_pre_election()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        var attempt = N2.Expects<RequestPreVote>().Attempt;
        N3.AsksForVote(term: 1, lastIndex: 1, lastTerm: 1);
        N3.TakeAll();
        PreVotes(N2, term: 1, attempt);
        Assert.Equal((RaftRole.Follower, N3.Id), (Status().Role, Status().VotedFor));
    }

    [Fact]
    public void A_single_node_needs_no_other_pre_vote()
    {
        Node(members: 1, settings: On);
        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Leader, Status().Role);
    }

    /// <summary>It could not vote for itself, and its late campaign would depose the leader elected meanwhile.</summary>
    [Fact]
    public void A_node_with_a_stalled_disk_requests_no_pre_votes()
    {
        Node(Terms(1), settings: On);
        Disk.Hold();
        N2.Appends(term: 2, (1, 1), [Entry(2, 2)]);
        Advance(TimeSpan.FromSeconds(1));
        Advance(ElectionTimeout);
        Assert.Empty(N3.TakeAll());
        Assert.Null(Status().LeaderId);
        DiskCatchesUp();
        Advance(ElectionTimeout);
        N3.Expects<RequestPreVote>();
    }

    /// <summary>Its request would describe a log that it no longer has.</summary>
    [Fact]
    public void A_node_that_hears_a_leader_before_its_term_is_on_disk_requests_no_pre_votes()
    {
        Node(Terms(1), settings: On);
        Disk.Hold();
        N3.Sends(new AppendOutdated(Cluster, N3.Id, new Term(5)));
        Advance(ElectionTimeout);
        N2.ExpectsNothing();
        N3.Appends(term: 5, (1, 1), [Entry(2, 5)]);
        DiskCatchesUp();
        N2.ExpectsNothing();
    }

    [Theory]
    [InlineData(1, 2, 1, true)]
    [InlineData(3, 1, 2, true)]
    [InlineData(1, 1, 1, false)]
    [InlineData(1, 0, 0, false)]
    public void A_pre_vote_goes_to_a_log_that_is_up_to_date(long term, long lastIndex, long lastTerm, bool isGranted)
    {
        Node(Terms(1, 1), settings: On);
        Advance(ShortestTimeout);
        AsksForPreVote(N2, term, lastIndex, lastTerm);
        if (isGranted) Assert.Equal(42, N2.Expects<PreVoteGranted>().Attempt);
        else Assert.Equal(VoteDenial.LogNotUpToDate, N2.Expects<PreVoteDenied>().Reason);
    }

    [Fact]
    public void A_pre_vote_does_not_bind_the_voter()
    {
        Node(Terms(1), settings: On);
        Advance(ShortestTimeout);
        AsksForPreVote(N2, term: 9, lastIndex: 1, lastTerm: 1);
        AsksForPreVote(N3, term: 9, lastIndex: 1, lastTerm: 1);
        N2.Expects<PreVoteGranted>();
        Assert.Equal(1, N3.Expects<PreVoteGranted>().Term.Value);
        Assert.Equal((1, null), (Status().Term.Value, Status().VotedFor));
        Advance(ElectionTimeout - ShortestTimeout);
        N2.Expects<RequestPreVote>();
    }

    [Fact]
    public void A_pre_vote_of_an_older_term_is_denied_with_the_newer_one()
    {
        Node(Terms(1), term: 5, settings: On);
        Advance(ShortestTimeout);
        AsksForPreVote(N2, term: 4, lastIndex: 9, lastTerm: 4);
        var denied = N2.Expects<PreVoteDenied>();
        Assert.Equal((VoteDenial.StaleTerm, 5), (denied.Reason, denied.Term.Value));
    }

    /// <summary>Hazard 14.</summary>
    [Fact]
    public void A_node_that_heard_its_leader_within_the_shortest_timeout_denies_pre_votes_and_votes_and_keeps_its_term()
    {
        Node(Terms(1), settings: On);
        Advance(ShortestTimeout);
        N3.Heartbeats(term: 1, (1, 1));
        Advance(ShortestTimeout - TimeSpan.FromMilliseconds(1));
        AsksForPreVote(N2, term: 9, lastIndex: 9, lastTerm: 9);
        N2.AsksForVote(term: 9, lastIndex: 9, lastTerm: 9);
        Assert.Equal(VoteDenial.LeaderIsKnown, N2.Expects<PreVoteDenied>().Reason);
        Assert.Equal(VoteDenial.LeaderIsKnown, N2.Expects<VoteDenied>().Reason);
        Assert.Equal((1, N3.Id), (Status().Term.Value, Status().LeaderId));

        Advance(TimeSpan.FromMilliseconds(1));
        AsksForPreVote(N2, term: 9, lastIndex: 9, lastTerm: 9);
        N2.Expects<PreVoteGranted>();
        N2.AsksForVote(term: 9, lastIndex: 9, lastTerm: 9);
        Assert.Equal(9, N2.Expects<VoteGranted>().Term.Value);
    }

    /// <summary>It can't know which leader it heard before its restart, and that leader may hold a lease.</summary>
    [Fact]
    public void A_node_that_has_just_started_denies_too()
    {
        Node(Terms(1), settings: On);
        N2.AsksForVote(term: 2, lastIndex: 1, lastTerm: 1);
        Assert.Equal(VoteDenial.LeaderIsKnown, N2.Expects<VoteDenied>().Reason);
        Advance(ShortestTimeout);
        N2.AsksForVote(term: 2, lastIndex: 1, lastTerm: 1);
        N2.Expects<VoteGranted>();
    }

    [Fact]
    public void A_leader_denies_and_goes_on_leading()
    {
        var term = PreVotedLeader();
        AsksForPreVote(N2, term + 5, lastIndex: 9, lastTerm: 2);
        N2.AsksForVote(term + 5, lastIndex: 9, lastTerm: 2);
        Assert.Equal(VoteDenial.LeaderIsKnown, N2.Expects<PreVoteDenied>().Reason);
        Assert.Equal(VoteDenial.LeaderIsKnown, N2.Expects<VoteDenied>().Reason);
        Assert.Equal((RaftRole.Leader, term), (Status().Role, Status().Term.Value));
    }

    /// <summary>It is the only way back for a candidate that was not elected.</summary>
    [Fact]
    public void A_newer_term_in_an_answer_makes_the_leader_step_down()
    {
        var term = PreVotedLeader();
        N2.Sends(new AppendOutdated(Cluster, N2.Id, new Term(term + 5)));
        Assert.Equal((RaftRole.Follower, term + 5), (Status().Role, Status().Term.Value));
    }

    private long PreVotedLeader()
    {
        Node(Terms(1), settings: On);
        Advance(ElectionTimeout);
        PreVotes(N2, term: 1, N2.Expects<RequestPreVote>().Attempt);
        N2.Expects<RequestVote>();
        N2.Votes(term: 2);
        Assert.Equal(RaftRole.Leader, Status().Role);
        N2.TakeAll();
        return 2;
    }

    private static void PreVotes(Peer peer, long term, long attempt) =>
        peer.Sends(new PreVoteGranted(Cluster, peer.Id, new Term(term), attempt));

    private static void AsksForPreVote(Peer peer, long term, long lastIndex, long lastTerm) =>
        peer.Sends(new RequestPreVote(
            Cluster, peer.Id, new Term(term), Attempt: 42, new LogIndex(lastIndex), new Term(lastTerm)));
}

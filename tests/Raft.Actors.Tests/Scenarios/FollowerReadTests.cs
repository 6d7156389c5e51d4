using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A follower answers linearizable queries with the leader's ReadIndex (dissertation §6.4).</summary>
public sealed class FollowerReadTests : RaftScenario
{
    [Fact]
    public void A_follower_requests_the_read_index_and_answers_when_it_has_applied_the_log_up_to_it()
    {
        FollowerOfN2();
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        var request = N2.Expects<RequestReadIndex>();
        Grants(request, index: 2);
        Client.ExpectsNothing();
        N2.Appends(term: 1, (1, 1), [Entry(2, 1)], commit: 2);
        Assert.Equal(2, Client.ExpectsAnswer(id, "1:1@1 2:2@1").AppliedIndex.Value);
    }

    [Fact]
    public void It_answers_at_once_where_it_has_applied_as_far_already()
    {
        FollowerOfN2();
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        Grants(N2.Expects<RequestReadIndex>(), index: 1);
        Client.ExpectsAnswer(id, "1:1@1");
    }

    [Fact]
    public void Queries_that_arrive_during_a_request_wait_for_the_next_one()
    {
        FollowerOfN2();
        var first = Client.Asks(consistency: ReadConsistency.Follower);
        var request = N2.Expects<RequestReadIndex>();
        var second = Client.Asks(consistency: ReadConsistency.Follower);
        N2.ExpectsNothing();
        Grants(request, index: 1);
        Client.ExpectsAnswer(first, "1:1@1");
        Client.ExpectsNothing();
        var next = N2.Expects<RequestReadIndex>();
        Assert.NotEqual(request.ReadId, next.ReadId);
        Grants(next, index: 1);
        Client.ExpectsAnswer(second, "1:1@1");
    }

    [Fact]
    public void An_answer_to_another_request_is_ignored()
    {
        FollowerOfN2();
        Client.Asks(consistency: ReadConsistency.Follower);
        var request = N2.Expects<RequestReadIndex>();
        Grants(request with { ReadId = request.ReadId + 1 }, index: 1);
        Grants(request with { ReadId = request.ReadId - 1 }, index: 1);
        Client.ExpectsNothing();
    }

    /// <summary>The answer to the previous request may still be under way and does not cover later writes.</summary>
    [Fact]
    public void After_a_restart_the_numbers_of_requests_are_others()
    {
        Store([Entry(1, 1)], term: 1, votedFor: null, members: 3);
        Start(random: new FixedRandom(0.5, 0.25, 0.5, 0.75));
        N2.Heartbeats(term: 1, (1, 1), commit: 1);
        Client.Asks(consistency: ReadConsistency.Follower);
        var before = N2.ExpectsAfterHeartbeats<RequestReadIndex>().ReadId;
        CrashAndRestart();
        N2.Heartbeats(term: 1, (1, 1), commit: 1);
        Client.Asks(consistency: ReadConsistency.Follower);
        Assert.NotEqual(before, N2.ExpectsAfterHeartbeats<RequestReadIndex>().ReadId);
    }

    [Fact]
    public void A_request_without_an_answer_is_repeated_after_a_heartbeat_interval()
    {
        FollowerOfN2();
        Client.Asks(consistency: ReadConsistency.Follower);
        var request = N2.Expects<RequestReadIndex>();
        HeartbeatIntervalPasses();
        Assert.Equal(request, N2.Expects<RequestReadIndex>());
    }

    [Fact]
    public void When_the_term_ends_the_queries_go_back_to_the_client()
    {
        FollowerOfN2();
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        N3.Heartbeats(term: 2, (1, 1));
        Assert.Equal(id, Client.Expects<NotLeader>().RequestId);
    }

    [Fact]
    public void Without_a_leader_they_go_back_at_once()
    {
        Node(Terms(1));
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        Assert.Equal(id, Client.Expects<NotLeader>().RequestId);
    }

    [Fact]
    public void At_the_limit_requests_are_refused()
    {
        FollowerOfN2("raft.max-pending-reads = 1");
        Client.Asks(consistency: ReadConsistency.Follower);
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        Assert.Equal(id, Client.Expects<Overloaded>().RequestId);
        Grants(N2.Expects<RequestReadIndex>(), index: 1);
        Client.Expects<QueryAnswered>();
        Client.Asks(consistency: ReadConsistency.Follower);
        N2.Expects<RequestReadIndex>();
    }

    [Fact]
    public void The_leader_says_how_far_it_had_committed_once_a_majority_confirmed_it()
    {
        var term = EstablishedLeader();
        Requests(N2, term, readId: 7);
        var round = N3.Expects<AppendEntries>().Round;
        N2.TakeAll();
        N3.Accepts(term, match: 1, round);
        Assert.Equal(
            new ReadIndexGranted(Cluster, N1, new Term(term), ReadId: 7, new LogIndex(1)), N2.Expects<ReadIndexGranted>());
    }

    /// <summary>Hazard 12.</summary>
    [Fact]
    public void A_leader_that_has_committed_nothing_in_its_term_does_not_know_how_far()
    {
        var term = Leader(Terms(1, 1));
        Requests(N2, term, readId: 7);
        N2.ExpectsNothing();
        N3.Accepts(term, match: 3);
        var round = N3.TakeAll().OfType<AppendEntries>().Last().Round;
        N3.Accepts(term, match: 3, round);
        Assert.Equal(3, N2.ExpectsAfterHeartbeats<ReadIndexGranted>().Index.Value);
    }

    [Fact]
    public void A_request_of_an_older_term_is_not_answered()
    {
        var term = EstablishedLeader(term: 3);
        Requests(N2, term - 1, readId: 7);
        N3.ExpectsNothing();
    }

    [Fact]
    public void A_leader_answers_a_follower_read_like_a_linearizable_one()
    {
        var term = EstablishedLeader();
        var id = Client.Asks(consistency: ReadConsistency.Follower);
        N2.Accepts(term, match: 1, N2.Expects<AppendEntries>().Round);
        Client.ExpectsAnswer(id, "");
    }

    /// <summary>Messages to a follower that is down pile up in the network layer.</summary>
    [Fact]
    public void A_follower_that_is_many_rounds_behind_gets_heartbeats_alone()
    {
        var term = EstablishedLeader(settings: "raft.max-inflight-appends = 3");
        for (var i = 0; i < 10; i++)
        {
            var id = Client.Asks();
            N2.Accepts(term, match: 1, N2.Expects<AppendEntries>().Round);
            Client.ExpectsAnswer(id, "");
        }

        Assert.InRange(N3.TakeAll().Count, 1, 3);
        HeartbeatIntervalPasses();
        Assert.Single(N3.TakeAll());
    }

    private void FollowerOfN2(string settings = "")
    {
        Node(Terms(1), settings: settings);
        N2.Heartbeats(term: 1, (1, 1), commit: 1);
        N2.Expects<AppendAccepted>();
    }

    private void Grants(RequestReadIndex request, long index) =>
        N2.Sends(new ReadIndexGranted(Cluster, N2.Id, request.Term, request.ReadId, new LogIndex(index)));

    private static void Requests(Peer peer, long term, long readId) =>
        peer.Sends(new RequestReadIndex(Cluster, peer.Id, new Term(term), readId));
}

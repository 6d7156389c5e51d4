using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Linearizable and stale reads (Raft §8; dissertation §6.4).</summary>
public sealed class ReadTests : RaftScenario
{
    /// <summary>§8: a leader confirms by a round of heartbeats that it still leads.</summary>
    [Fact]
    public void A_linearizable_query_is_answered_when_a_majority_confirmed_the_leader()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N2.Accepts(term, match: 2);
        Client.ExpectsApplied(1, "2:a");
        N2.TakeAll();

        var id = Client.Asks();
        var round = N2.ExpectsAppend(previous: 2).Round;
        Client.ExpectsNothing();
        N2.Accepts(term, match: 2, round);
        Assert.Equal(new LogIndex(2), Client.ExpectsAnswer(id, "2:a").AppliedIndex);
    }

    /// <summary>§8: before an entry of its own term is committed, a leader does not know the commit index. Hazard 12.</summary>
    [Fact]
    public void A_new_leader_answers_no_query_before_an_entry_of_its_term_is_committed()
    {
        var term = Leader(log: Terms(1, 1), term: 1);
        var id = Client.Asks();
        N2.Accepts(term, match: 2, round: 0);
        N3.Accepts(term, match: 2, round: 0);
        HeartbeatIntervalPasses();
        Client.ExpectsNothing();

        N2.TakeAll();
        N2.Accepts(term, match: 3);
        var round = Round(N2);
        Client.ExpectsNothing();
        N2.Accepts(term, match: 3, round);
        Client.ExpectsAnswer(id, "1:1@1 2:2@1");
    }

    /// <summary>An answer to an older round was sent before the query arrived, so it proves nothing.</summary>
    [Fact]
    public void An_answer_to_an_older_round_confirms_nothing()
    {
        var term = EstablishedLeader();
        Client.Asks();
        var round = Round(N2);
        N2.Accepts(term, match: 1, round - 1);
        N3.Accepts(term, match: 1, round - 1);
        Client.ExpectsNothing();
    }

    /// <summary>
    /// A round that was never sent can't be answered. Counting the answer would confirm every later query in advance.
    /// </summary>
    [Fact]
    public void An_answer_to_a_round_that_was_never_begun_confirms_nothing()
    {
        var term = EstablishedLeader();
        N2.Accepts(term, match: 1, round: 1000);
        Client.Asks();
        Client.ExpectsNothing();
    }

    /// <summary>A query that arrives during a round waits for the next one.</summary>
    [Fact]
    public void A_query_that_comes_during_a_round_is_confirmed_by_the_next()
    {
        var term = EstablishedLeader();
        var first = Client.Asks();
        var firstRound = Round(N2);
        var second = Client.Asks();
        N2.ExpectsNothing();

        N2.Accepts(term, match: 1, firstRound);
        Client.ExpectsAnswer(first, "");
        Client.ExpectsNothing();
        var secondRound = Round(N2);
        Assert.True(secondRound > firstRound);
        N3.Accepts(term, match: 1, firstRound);
        Client.ExpectsNothing();

        N3.Accepts(term, match: 1, secondRound);
        Client.ExpectsAnswer(second, "");
    }

    /// <summary>All waiting queries share a round, so each read does not need its own messages.</summary>
    [Fact]
    public void Queries_that_wait_share_a_round()
    {
        var term = EstablishedLeader();
        var other = NewClient("other");
        Client.Asks();
        var round = Round(N2);
        var second = Client.Asks();
        var third = other.Asks();
        N2.Accepts(term, match: 1, round);
        var next = Round(N2);
        N2.ExpectsNothing();
        N2.Accepts(term, match: 1, next);
        Client.ExpectsAnswer(1, "");
        Client.ExpectsAnswer(second, "");
        other.ExpectsAnswer(third, "");
    }

    /// <summary>A majority is one of voters, not of answers.</summary>
    [Fact]
    public void A_follower_that_confirms_twice_counts_once()
    {
        var term = EstablishedLeader(members: 5);
        var id = Client.Asks();
        var round = Round(N2);
        N2.Accepts(term, match: 1, round);
        N2.Accepts(term, match: 1, round);
        Client.ExpectsNothing();
        N3.Accepts(term, match: 1, round);
        Client.ExpectsAnswer(id, "");
    }

    /// <summary>A follower whose log does not match yet still confirms the leader.</summary>
    [Fact]
    public void A_rejection_of_the_right_round_confirms_the_leader_too()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        var id = Client.Asks();
        N2.Rejects(term, rejected: 2, conflictTerm: null, conflictIndex: 2, Round(N2));
        Client.ExpectsAnswer(id, "");
    }

    /// <summary>Every heartbeat is a round: if that of the read was lost, the answers to the next one confirm it.</summary>
    [Fact]
    public void A_heartbeat_makes_good_for_a_round_that_was_lost()
    {
        var term = EstablishedLeader();
        var id = Client.Asks();
        var lost = Round(N2);
        HeartbeatIntervalPasses();
        var next = Round(N2);
        Assert.True(next > lost);
        N2.Accepts(term, match: 1, next);
        Client.ExpectsAnswer(id, "");
    }

    /// <summary>Hazard 13: another leader may have committed since.</summary>
    [Fact]
    public void An_isolated_leader_answers_no_query_and_gives_it_back_when_it_hears_of_a_newer_term()
    {
        var term = EstablishedLeader();
        var id = Client.Asks();
        for (var i = 0; i < 20; i++) HeartbeatIntervalPasses();
        Client.ExpectsNothing();
        Assert.Equal(RaftRole.Leader, Status().Role);

        N3.Heartbeats(term + 1);
        Assert.Equal(new NotLeader(id), Client.Expects<NotLeader>());
    }

    /// <summary>§8, §6.4: the answer contains every write acknowledged before the query was sent.</summary>
    [Fact]
    public void An_answer_reflects_every_write_that_was_committed_before_it()
    {
        var term = EstablishedLeader();
        var id = Client.Asks();
        var round = Round(N2);
        Client.Proposes("a");
        Settle();
        N3.Accepts(term, match: 2, round: 0);
        N2.Accepts(term, match: 1, round);
        Client.ExpectsApplied(2, "2:a");
        Client.ExpectsAnswer(id, "2:a");
    }

    /// <summary>Of one voter, the leader itself is the majority.</summary>
    [Fact]
    public void A_single_node_answers_queries_by_itself()
    {
        EstablishedLeader(members: 1);
        Client.ExpectsAnswer(Client.Asks(), "");
    }

    /// <summary>A stale read needs only this node's state.</summary>
    [Fact]
    public void A_stale_query_is_answered_at_once_by_any_role()
    {
        Node();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a"), Entry(2, 1, "b")], commit: 1);
        Client.ExpectsAnswer(Client.Asks("", ReadConsistency.Stale), "1:a");

        Advance(ElectionTimeout);
        Assert.Equal(RaftRole.Candidate, Status().Role);
        Client.ExpectsAnswer(Client.Asks("", ReadConsistency.Stale), "1:a");

        N2.Votes(term: 2);
        Assert.Equal(RaftRole.Leader, Status().Role);
        Client.ExpectsAnswer(Client.Asks("", ReadConsistency.Stale), "1:a");
    }

    /// <summary>A stale read depends on nothing unwritten.</summary>
    [Fact]
    public void A_stale_query_does_not_wait_for_the_disk()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), Terms(1));
        Client.ExpectsAnswer(Client.Asks("", ReadConsistency.Stale), "");
    }

    /// <summary>The number of pending queries has a limit.</summary>
    [Fact]
    public void Queries_over_the_limit_are_refused_as_overloaded()
    {
        var term = EstablishedLeader(settings: "raft.max-pending-reads = 2");
        var first = Client.Asks();
        var second = Client.Asks();
        var third = Client.Asks();
        Assert.Equal(third, Client.Expects<Overloaded>().RequestId);

        N2.Accepts(term, match: 1, Round(N2));
        Client.ExpectsAnswer(first, "");
        N2.Accepts(term, match: 1, Round(N2));
        Client.ExpectsAnswer(second, "");
        Client.Asks();
        Client.ExpectsNothing();
    }

    /// <summary>If the state machine can't answer a query, only that query fails.</summary>
    [Fact]
    public void A_query_that_throws_is_refused_and_the_node_stays_up()
    {
        EstablishedLeader(members: 1);
        Client.Asks(TextMachine.Boom);
        Assert.Contains("went boom", Client.Expects<RequestRefused>().Reason);
        Client.ExpectsAnswer(Client.Asks(), "");
        Assert.Single(Warnings());
    }

    /// <summary>Expects a heartbeat as the next message, and returns its round.</summary>
    private static long Round(Peer follower)
    {
        var append = follower.Expects<AppendEntries>();
        Assert.Empty(append.Entries);
        return append.Round;
    }

    /// <summary>Otherwise queries would pile up at a slow state machine without a limit.</summary>
    [Fact]
    public void Queries_that_need_no_round_are_limited_too()
    {
        EstablishedLeader(settings: "raft.max-pending-reads = 2");
        for (var i = 0; i < 2; i++)
        {
            Tell(
                new ClientQuery([.. Enumerable.Range(1, 3).Select(id => new Query(id, default))], ReadConsistency.Stale),
                N3.Ref);
            Settle();
            var replies = N3.TakeAll().OfType<ClientReplies>().SelectMany(r => r.Replies).OrderBy(r => r.RequestId).ToArray();
            Assert.Equal(
                [typeof(QueryAnswered), typeof(QueryAnswered), typeof(Overloaded)], replies.Select(r => r.GetType()));
        }
    }
}

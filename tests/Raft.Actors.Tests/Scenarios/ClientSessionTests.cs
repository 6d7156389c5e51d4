using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>How a client keeps its session (dissertation §6.3), and where it sends queries that are not linearizable.</summary>
public sealed class ClientSessionTests : ClientScenario
{
    [Fact]
    public async Task Commands_are_numbered_and_what_has_ended_is_acknowledged()
    {
        var client = ClientOfA();
        var second = Propose(client, "b");
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "b"));
        var third = Propose(client, "c");
        A.ExpectsCommands(session: 2, acknowledged: 1, (3, "c"));
        A.Applies("");
        await End(third);
        var fourth = Propose(client, "d");
        A.ExpectsCommands(session: 2, acknowledged: 1, (4, "d"));
        Assert.False(second.IsCompleted);
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public void A_session_is_requested_once_however_many_commands_wait_for_it()
    {
        var client = Client();
        _ = Propose(client, "a");
        AllAreAsked();
        A.Leads();
        A.ExpectsSession();
        _ = Propose(client, "b");
        Settle(A);
        A.HasNothing();
        A.Answers(id => new SessionOpened(id, new SessionId(9)));
        A.ExpectsCommands(session: 9, acknowledged: 0, (1, "a"), (2, "b"));
    }

    [Fact]
    public void A_session_that_the_leader_could_not_open_is_requested_again()
    {
        var client = Client();
        _ = Propose(client, "a");
        AllAreAsked();
        A.Leads();
        A.ExpectsSession();
        A.LosesOffice();
        Advance(A, RetryInterval);
        AllAreAsked();
        B.Leads(term: 2);
        B.OpensSession();
        B.ExpectsCommands("a");
    }

    [Fact]
    public void A_keyed_command_needs_no_session()
    {
        var client = Client();
        _ = Propose(client, "x", "key");
        AllAreAsked();
        A.Leads();
        A.ExpectsCommands("x");
        Assert.Equal([new KeyedCommand(new IdempotencyKey("key"))], A.Origins);
        NobodyHasAnything();
    }

    /// <summary>It was not applied, at this attempt or ever: no caller needs to know of sessions.</summary>
    [Fact]
    public async Task When_the_session_has_expired_a_command_that_was_sent_once_goes_under_the_next_one()
    {
        var client = ClientOfA();
        var sent = Propose(client, "x");
        A.ExpectsCommands("x");
        A.ForgotSession();
        A.OpensSession(session: 70);
        A.ExpectsCommands(session: 70, acknowledged: 0, (1, "x"));
        A.Applies("done");
        await End(sent);
    }

    /// <summary>The attempt before may have been applied while the session was known.</summary>
    [Fact]
    public async Task When_the_session_has_expired_a_command_that_was_sent_before_is_unknown()
    {
        var client = ClientOfA();
        var sent = Propose(client, "x");
        A.ExpectsCommands("x");
        AdvanceInSilence(A, FailoverAfter);
        C.Leads();
        C.ExpectsCommands("x");
        C.ForgotSession();
        Assert.Contains("Session 2 expired", (await Fails<OutcomeUnknownException>(sent)).Message, StringComparison.Ordinal);

        _ = Propose(client, "y");
        C.OpensSession(session: 70);
        C.ExpectsCommands(session: 70, acknowledged: 0, (1, "y"));
    }

    /// <summary>A session that was unused for long may have expired: a command must not find out.</summary>
    [Fact]
    public void A_session_that_was_unused_for_half_of_its_timeout_is_opened_anew()
    {
        var client = ClientOfA("raft.session-timeout = 4s");
        Advance(A, TimeSpan.FromSeconds(2));
        _ = Propose(client, "x");
        A.OpensSession(session: 70);
        A.ExpectsCommands(session: 70, acknowledged: 0, (1, "x"));
    }

    /// <summary>The group keeps so many replies: one command more has to wait.</summary>
    [Fact]
    public async Task Commands_wait_where_the_session_keeps_no_more_replies()
    {
        var client = ClientOfA("raft.max-session-replies = 2");
        _ = Propose(client, "a");
        A.ExpectsCommands("a");
        var second = Propose(client, "b");
        A.ExpectsCommands("b");
        _ = Propose(client, "c");
        Settle(A);
        A.HasNothing();
        A.Applies("");
        await End(second);
        Settle(A);
        A.HasNothing();
    }

    [Fact]
    public void A_lease_query_goes_to_the_leader()
    {
        var client = ClientOfA();
        _ = Ask(client, "q", ReadConsistency.Lease);
        A.ExpectsQueries(ReadConsistency.Lease, "q");
    }

    [Fact]
    public async Task A_follower_query_goes_to_the_nearest_node_at_once()
    {
        var client = Client();
        var query = Ask(client, "q", ReadConsistency.Follower);
        A.ExpectsQueries(ReadConsistency.Follower, "q");
        A.AnswersQueries("r");
        await End(query);
        NobodyHasAnything();
    }

    [Fact]
    public void A_follower_query_moves_on_from_a_silent_node_and_stays_there()
    {
        var client = Client();
        _ = Ask(client, "q", ReadConsistency.Follower);
        A.ExpectsQueries(ReadConsistency.Follower, "q");
        Advance(A, FailoverAfter);
        B.ExpectsQueries(ReadConsistency.Follower, "q");
        B.AnswersQueries("r");
        Settle(B);
        _ = Ask(client, "s", ReadConsistency.Follower);
        B.ExpectsQueries(ReadConsistency.Follower, "s");
        NobodyHasAnything();
    }

    /// <summary>It is the node beside the client, or the one whose HTTP API was asked.</summary>
    [Fact]
    public void Follower_queries_return_to_the_nearest_node_once_it_knows_a_leader_again()
    {
        var client = Client();
        _ = Ask(client, "q", ReadConsistency.Follower);
        A.ExpectsQueries(ReadConsistency.Follower, "q");
        Advance(A, FailoverAfter);
        B.ExpectsQueries(ReadConsistency.Follower, "q");
        B.AnswersQueries("");

        Advance(B, FailoverAfter);
        IsAskedForALeaderWhile(client, B, "r");
        A.Names(null);
        Advance(A, FailoverAfter);
        IsAskedForALeaderWhile(client, B, "s");
        A.Names(B);
        Settle(A);
        _ = Ask(client, "t", ReadConsistency.Follower);
        A.ExpectsQueries(ReadConsistency.Follower, "t");
    }

    private void IsAskedForALeaderWhile(RaftClient client, ClientNode other, string query)
    {
        _ = Ask(client, query, ReadConsistency.Follower);
        other.ExpectsQueries(ReadConsistency.Follower, query);
        other.AnswersQueries("");
        Advance(other, RetryInterval);
        A.ExpectsSearch();
    }

    [Fact]
    public void A_follower_query_moves_on_from_a_node_that_refuses_three_times()
    {
        var client = Client();
        _ = Ask(client, "q", ReadConsistency.Follower);
        for (var i = 0; i < 3; i++)
        {
            A.ExpectsQueries(ReadConsistency.Follower, "q");
            A.GivesBack();
            Advance(A, RetryInterval);
        }

        B.ExpectsQueries(ReadConsistency.Follower, "q");
    }
}

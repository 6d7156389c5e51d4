using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>How a client finds the leader, and what it sends again (Raft §8).</summary>
public sealed class ClientRoutingTests : ClientScenario
{
    /// <summary>§8: a client queries any node, and sends its requests to the leader.</summary>
    [Fact]
    public async Task A_client_looks_for_the_leader_and_stays_with_it()
    {
        var client = Client();
        var first = Propose(client, "x");
        AllAreAsked();
        B.Leads();
        B.OpensSession();
        B.ExpectsCommands("x");
        B.Applies("done");
        Assert.Equal("done", TextMachine.Text((await End(first)).Result));

        var second = Ask(client, "y");
        B.ExpectsQueries("y");
        B.AnswersQueries("z");
        Assert.Equal("z", TextMachine.Text((await End(second)).Result));
        NobodyHasAnything();
    }

    /// <summary>§8: a node that does not lead names the leader, which need not be among the contacts.</summary>
    [Fact]
    public void A_named_leader_is_queried_itself_and_once()
    {
        var client = Client();
        _ = Propose(client, "x");
        AllAreAsked();
        A.Names(D);
        B.Names(D);
        D.ExpectsSearch();
        NobodyHasAnything();
        D.Leads();
        D.OpensSession();
        D.ExpectsCommands("x");
    }

    /// <summary>An election takes a while.</summary>
    [Fact]
    public void Without_a_known_leader_a_client_tries_again_after_a_pause()
    {
        var client = Client();
        _ = Propose(client, "x");
        for (var i = 0; i < 3; i++)
        {
            AllAreAsked();
            A.Names(null);
            B.Names(null);
            C.Names(null);
            NobodyHasAnything();
            Advance(A, RetryInterval);
        }

        AllAreAsked();
        C.Leads();
        C.OpensSession();
        C.ExpectsCommands("x");
    }

    /// <summary>Two nodes that name each other as the leader must not keep a client busy.</summary>
    [Fact]
    public void If_nodes_only_name_each_other_a_client_queries_each_once_more_and_then_pauses()
    {
        var client = Client();
        _ = Propose(client, "x");
        AllAreAsked();
        A.Names(B);
        B.Names(A);
        A.ExpectsSearch();
        B.ExpectsSearch();
        A.Names(B);
        B.Names(A);
        NobodyHasAnything();
        Advance(A, RetryInterval);
        AllAreAsked();
    }

    /// <summary>Requests that wait for a leader are sent together and in order; commands wait for the session, too.</summary>
    [Fact]
    public void Queries_that_wait_for_a_leader_leave_in_one_message()
    {
        var client = Client();
        _ = Propose(client, "a");
        _ = Ask(client, "q");
        _ = Propose(client, "b");
        _ = Ask(client, "r");
        AllAreAsked();
        Settle(A);
        B.Leads();
        B.ExpectsSession();
        B.ExpectsQueries("q", "r");
        B.AnswersQueries("");
        B.HasNothing();
        NobodyHasAnything();
    }

    /// <summary>Found by the simulation (duplicated replies, seed 17): the command went out once for each refusal.</summary>
    [Fact]
    public void A_refusal_that_comes_twice_or_late_sends_a_command_once()
    {
        var client = Client();
        _ = Propose(client, "x");
        AllAreAsked();
        B.Leads();
        B.OpensSession();
        B.ExpectsCommands("x");
        B.GivesBack();
        B.GivesBack();
        Advance(B, RetryInterval);
        AllAreAsked();
        C.Leads(term: 2);
        C.ExpectsCommands("x");
        B.GivesBack();
        Settle(C);
        NobodyHasAnything();
    }

    /// <summary>Requests that arrive together need only one message.</summary>
    [Fact]
    public void Requests_that_come_together_leave_in_one_message_of_each_kind()
    {
        using var gate = new Gate();
        var client = ClientOfA();
        A.Stops(gate);
        _ = Propose(client, "x");
        gate.AwaitArrival();
        _ = Propose(client, "a");
        _ = Ask(client, "q");
        _ = Propose(client, "b");
        _ = Ask(client, "r");
        gate.Open(count: 3);
        A.ExpectsCommands("x");
        A.ExpectsCommands("a", "b");
        A.ExpectsQueries("q", "r");
        NobodyHasAnything();
    }

    /// <summary>Messages have a limit.</summary>
    [Theory]
    [InlineData("raft.client.max-batch-requests = 2")]
    [InlineData("raft { client.max-batch-bytes = 145B, max-command-bytes = 20B }")]
    public void A_message_is_capped_by_its_requests_and_by_its_bytes(string settings)
    {
        var client = Client(settings);
        foreach (var command in new[] { "a1234567", "b1234567", "c1234567", "d1234567", "e1234567" })
            _ = Propose(client, command);
        AllAreAsked();
        Settle(A);
        A.Leads();
        A.OpensSession();
        A.ExpectsCommands("a1234567", "b1234567");
        A.ExpectsCommands("c1234567", "d1234567");
        A.ExpectsCommands("e1234567");
    }

    /// <summary>A leader that stepped down had appended nothing: the next one gets the same commands in the same order.</summary>
    [Fact]
    public void Commands_that_were_given_back_are_sent_to_the_next_leader_in_order()
    {
        var client = Client();
        _ = Propose(client, "x");
        _ = Propose(client, "y");
        _ = Propose(client, "z");
        AllAreAsked();
        Settle(A);
        A.Leads();
        A.OpensSession();
        A.ExpectsCommands("x", "y", "z");
        A.GivesBack();
        NobodyHasAnything();
        Advance(A, RetryInterval);
        AllAreAsked();
        B.Leads();
        B.ExpectsCommands("x", "y", "z");
    }

    /// <summary>An isolated leader does not know that it was replaced; its older term gives it away.</summary>
    [Fact]
    public void Of_two_nodes_that_say_they_lead_the_one_of_the_newer_term_is_believed()
    {
        var client = Client();
        _ = Ask(client, "q");
        AllAreAsked();
        B.Leads(term: 2);
        B.ExpectsQueries("q");
        A.Leads(term: 1);
        Settle(A);
        _ = Ask(client, "r");
        B.ExpectsQueries("r");
        A.HasNothing();
    }

    /// <summary>Stale queries are for the nearest node, whoever leads.</summary>
    [Fact]
    public async Task A_stale_query_goes_to_the_first_node_at_once()
    {
        var client = Client();
        var question = Ask(client, "q", ReadConsistency.Stale);
        A.ExpectsQueries(ReadConsistency.Stale, "q");
        A.AnswersQueries("old");
        Assert.Equal("old", TextMachine.Text((await End(question)).Result));
        NobodyHasAnything();
    }

    /// <summary>A node that is down gives back even stale queries; repeating them without a pause would keep both busy.</summary>
    [Fact]
    public void A_stale_query_that_was_given_back_is_sent_again_after_a_pause()
    {
        var client = Client();
        _ = Ask(client, "q", ReadConsistency.Stale);
        A.ExpectsQueries(ReadConsistency.Stale, "q");
        A.GivesBack();
        NobodyHasAnything();
        Advance(A, RetryInterval);
        A.ExpectsQueries(ReadConsistency.Stale, "q");
    }
}

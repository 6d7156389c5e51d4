using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A client whose leader is silent, was replaced or lost a message (Raft §8, dissertation §6.3).</summary>
public sealed class ClientFailoverTests : ClientScenario
{
    private static readonly TimeSpan Step = SearchAfter + RetryInterval;

    /// <summary>
    /// An election may be under way: the client queries all nodes and keeps its leader until another one is known.
    /// </summary>
    [Fact]
    public void When_the_leader_is_silent_the_client_looks_for_another_leader()
    {
        var client = ClientOfA();
        _ = Propose(client, "x");
        A.ExpectsCommands("x");
        Advance(A, SearchAfter - RetryInterval);
        NobodyHasAnything();
        for (var i = 0; i < 2; i++)
        {
            Advance(A, RetryInterval);
            AllAreAsked();
        }

        A.Leads();
        Settle(A);
        _ = Propose(client, "y");
        A.ExpectsCommands("y");
        NobodyHasAnything();
    }

    /// <summary>Hazard 20: the same command is sent with the same number, so that it is applied once.</summary>
    [Fact]
    public async Task Everything_that_waits_is_sent_to_a_leader_of_a_newer_term_at_once()
    {
        var client = ClientOfA();
        var write = Propose(client, "x");
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        var keyed = Propose(client, "y", "key");
        A.ExpectsCommands("y");
        var read = Ask(client, "q");
        A.ExpectsQueries("q");
        Advance(A, SearchAfter);
        AllAreAsked();
        B.Leads(term: 2);

        B.ExpectsCommands("x", "y");
        Assert.Equal(
            [new SessionCommand(new SessionId(2), 2, 1), new KeyedCommand(new IdempotencyKey("key"))], B.Origins);
        B.Applies("done");
        B.ExpectsQueries("q");
        B.AnswersQueries("r");
        Assert.Equal("done", TextMachine.Text((await End(write)).Result));
        await End(keyed);
        await End(read);
        NobodyHasAnything();
    }

    /// <summary>A partitioned leader does not know that it was replaced, so the client no longer sends to it.</summary>
    [Fact]
    public void After_a_change_nothing_is_sent_to_the_deposed_leader()
    {
        var client = ClientOfA();
        _ = Ask(client, "q");
        A.ExpectsQueries("q");
        Advance(A, SearchAfter);
        AllAreAsked();
        B.Leads(term: 2);
        A.Leads(term: 1);
        B.ExpectsQueries("q");
        Settle(B);
        _ = Ask(client, "r");
        B.ExpectsQueries("r");
        A.HasNothing();
    }

    /// <summary>
    /// The deposed leader's answers to the previous attempt are ignored; the new attempt gets the first answer.
    /// </summary>
    [Fact]
    public async Task A_late_answer_to_an_earlier_attempt_ends_nothing()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        A.ExpectsCommands("x");
        Advance(A, SearchAfter);
        AllAreAsked();
        B.Leads(term: 2);
        B.ExpectsCommands("x");
        A.LosesOffice();
        A.GivesBack();
        Settle(B);
        NobodyHasAnything();
        B.Applies("done");
        await End(request);
    }

    [Fact]
    public async Task A_leader_that_was_only_slow_has_its_answer_heard()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        A.ExpectsCommands("x");
        AdvanceInSilence(A, FailoverAfter - RetryInterval);
        A.Applies("late");
        Assert.Equal("late", TextMachine.Text((await End(request)).Result));
    }

    /// <summary>A leader that says that it leads is not silent, although it may be unable to commit.</summary>
    [Fact]
    public void The_same_leader_answering_counts_as_heard()
    {
        var client = ClientOfA();
        _ = Propose(client, "x");
        A.ExpectsCommands("x");
        for (var passed = TimeSpan.Zero; passed < 1.5 * FailoverAfter; passed += SearchAfter)
        {
            Advance(A, SearchAfter);
            AllAreAsked();
            A.Leads();
            Settle(A);
        }

        NobodyHasAnything();
    }

    [Fact]
    public async Task A_leader_that_stays_silent_is_given_up_and_what_waits_is_sent_under_the_same_number_to_who_leads_then()
    {
        var client = ClientOfA();
        var write = Propose(client, "x");
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        var read = Ask(client, "q");
        A.ExpectsQueries("q");
        AdvanceInSilence(A, FailoverAfter);
        C.Leads();
        C.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        C.Applies("done");
        C.ExpectsQueries("q");
        C.AnswersQueries("r");
        await End(write);
        await End(read);
    }

    /// <summary>When its time is over, a command that was sent has an unknown outcome; then its reply may be dropped.</summary>
    [Fact]
    public async Task A_command_without_an_answer_in_time_has_an_unknown_outcome_and_is_acknowledged()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        AdvanceInSilence(A, RequestTimeout - RetryInterval);
        Assert.False(request.IsCompleted);
        AdvanceInSilence(A, RetryInterval);
        await Fails<OutcomeUnknownException>(request);

        _ = Propose(client, "y");
        AllAreAsked();
        A.Leads();
        A.ExpectsCommands(session: 2, acknowledged: 2, (3, "y"));
    }

    /// <summary>The next leader decides about commands in the log of a deposed one.</summary>
    [Fact]
    public async Task A_command_whose_leader_stepped_down_is_sent_to_the_next_one()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        A.LosesOffice();
        Advance(A, RetryInterval);
        AllAreAsked();
        B.Leads(term: 2);
        B.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        B.Applies("done");
        await End(request);
        NobodyHasAnything();
    }

    /// <summary>A client does not leave a leader that answers other requests; but a single request may have been lost.</summary>
    [Fact]
    public void A_request_that_a_leader_lost_is_sent_again_while_it_answers_others()
    {
        var client = ClientOfA();
        _ = Propose(client, "lost");
        A.ExpectsCommands("lost");
        for (var passed = Step; passed < 2 * FailoverAfter; passed += SearchAfter - RetryInterval)
        {
            _ = Ask(client, "q");
            A.ExpectsQueries("q");
            A.AnswersQueries("r");
            Advance(A, SearchAfter - RetryInterval);
        }

        for (var i = 0; i < 2; i++)
        {
            NobodyHasAnything();
            _ = Ask(client, "q");
            A.ExpectsQueries("q");
            A.AnswersQueries("r");
            Advance(A, 2 * RetryInterval);
        }

        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "lost"));
    }

    /// <summary>An answer from another node says nothing about the leader.</summary>
    [Fact]
    public void A_client_leaves_a_silent_leader_although_another_node_answers_stale_queries()
    {
        var client = Client();
        _ = Ask(client, "q");
        AllAreAsked();
        B.Leads();
        B.ExpectsQueries("q");
        for (var i = 0; i < 2; i++)
        {
            _ = Ask(client, "stale", ReadConsistency.Stale);
            A.ExpectsQueries(ReadConsistency.Stale, "stale");
            A.AnswersQueries("");
            AdvanceInSilence(B, FailoverAfter * 0.5);
        }

        C.Leads();
        C.ExpectsQueries("q");
    }
}

using Raft.Actors.Clients;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>What a client does when the leader is silent, was replaced or lost a message (Raft §8, dissertation §6.3).</summary>
public sealed class ClientFailoverTests : ClientScenario
{
    private static readonly TimeSpan Step = SearchAfter + RetryInterval;

    /// <summary>A silence may be an election: the nodes are asked, and the leader is not left for it.</summary>
    [Fact]
    public void When_the_leader_is_silent_all_nodes_are_asked_whether_another_one_leads()
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

    /// <summary>Hazard 20: the same command under the same number, so that it is applied once.</summary>
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

    /// <summary>An isolated leader does not know that it was replaced: it is not asked again after a change.</summary>
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

    /// <summary>What the deposed leader still says of an attempt before is nobody's; the new attempt gets the first answer.</summary>
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

    /// <summary>A leader that says that it leads is not silent, though it may be unable to commit.</summary>
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

    /// <summary>Its time over, a command that ever left has an unknown outcome; then its reply may be forgotten.</summary>
    [Fact]
    public async Task A_command_that_nobody_answers_in_time_has_an_unknown_outcome_and_is_acknowledged()
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

    /// <summary>What a deposed leader had in its log may be committed or not: the next one is asked.</summary>
    [Fact]
    public async Task A_command_whose_leader_lost_its_office_is_sent_to_the_next_one()
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

    /// <summary>A leader that answers others is not left, however long one request takes; but that one may be lost.</summary>
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

    /// <summary>What another node answers says nothing about the leader.</summary>
    [Fact]
    public void A_silent_leader_is_left_though_another_node_answers_stale_questions()
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

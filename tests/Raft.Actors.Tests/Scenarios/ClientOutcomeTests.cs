using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>How a client's request ends, and what its caller may conclude (Raft §8).</summary>
public sealed class ClientOutcomeTests : ClientScenario
{
    /// <summary>The request had no effect and will have none, so the caller may send it again.</summary>
    [Fact]
    public async Task A_command_that_found_no_leader_was_never_sent()
    {
        var client = Client();
        var request = Propose(client, "x");
        for (var passed = TimeSpan.Zero; passed < RequestTimeout; passed += RetryInterval)
        {
            AllAreAsked();
            A.Names(null);
            NobodyHasAnything();
            Advance(A, RetryInterval);
        }

        await Fails<RaftUnavailableException>(request);
    }

    [Fact]
    public async Task A_command_that_was_given_back_and_found_no_other_leader_had_no_effect()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        A.ExpectsCommands("x");
        A.GivesBack();
        Advance(A, RequestTimeout);
        await Fails<RaftUnavailableException>(request);
    }

    /// <summary>The second refusal says nothing about the first attempt.</summary>
    [Fact]
    public async Task A_command_that_was_given_back_after_an_attempt_without_an_answer_has_an_unknown_outcome()
    {
        var client = ClientOfA();
        var request = Propose(client, "x");
        A.ExpectsCommands("x");
        AdvanceInSilence(A, FailoverAfter);
        A.Leads();
        A.ExpectsCommands("x");
        A.GivesBack();
        AdvanceInSilence(A, RequestTimeout);
        await Fails<OutcomeUnknownException>(request);
    }

    /// <summary>A sent request for a session is not a sent command.</summary>
    [Fact]
    public async Task A_command_whose_session_was_never_opened_had_no_effect()
    {
        var client = Client();
        var request = Propose(client, "x");
        AllAreAsked();
        A.Leads();
        A.ExpectsSession();
        Advance(A, RequestTimeout);
        await Fails<RaftUnavailableException>(request);
    }

    /// <summary>A query changes nothing, so without an answer it had no effect.</summary>
    [Fact]
    public async Task A_query_without_an_answer_in_time_ends()
    {
        var client = ClientOfA();
        var request = Ask(client, "q");
        A.ExpectsQueries("q");
        Advance(A, RequestTimeout);
        await Fails<RaftUnavailableException>(request);
    }

    /// <summary>An answer to a request that has ended is ignored.</summary>
    [Fact]
    public async Task An_answer_after_the_time_is_ignored()
    {
        var client = ClientOfA();
        var late = Propose(client, "x");
        A.ExpectsCommands("x");
        AdvanceUntilGivenUp(late);
        await Fails<OutcomeUnknownException>(late);
        A.GivesBack();
        A.Applies("late");
        Advance(A, RetryInterval);
        NobodyHasAnything();
    }

    [Fact]
    public async Task What_the_leader_refused_was_refused()
    {
        var request = Sent();
        A.Answers(id => new RequestRefused(id, "Too large."));
        Assert.Equal("Too large.", (await Fails<RequestRefusedException>(request)).Message);
    }

    [Fact]
    public async Task A_query_that_an_overloaded_leader_refused_was_not_answered()
    {
        var client = ClientOfA();
        var request = Ask(client, "q");
        A.ExpectsQueries("q");
        A.Answers(id => new Overloaded(id));
        await Fails<OverloadedException>(request);
    }

    [Fact]
    public async Task A_command_that_an_overloaded_leader_refused_had_no_effect()
    {
        var request = Sent();
        A.Answers(id => new Overloaded(id));
        await Fails<OverloadedException>(request);
        NobodyHasAnything();
    }

    /// <summary>The previous attempt may have been accepted.</summary>
    [Fact]
    public async Task A_command_that_was_sent_before_is_sent_again_to_an_overloaded_leader_after_a_pause()
    {
        var request = Sent();
        AdvanceInSilence(A, FailoverAfter);
        A.Leads();
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        A.Answers(id => new Overloaded(id));
        NobodyHasAnything();
        Advance(A, RetryInterval);
        A.ExpectsCommands(session: 2, acknowledged: 1, (2, "x"));
        A.Applies("done");
        await End(request);
    }

    /// <summary>Sending it again would give the same answer.</summary>
    [Fact]
    public async Task What_was_applied_and_has_too_large_a_result_ends_at_once()
    {
        var request = Sent();
        A.Answers(id => new OutcomeUnknown(id, "Too large a result.") { IsFinal = true });
        Assert.Equal("Too large a result.", (await Fails<OutcomeUnknownException>(request)).Message);
        NobodyHasAnything();
    }

    /// <summary>The client's queue has a limit.</summary>
    [Fact]
    public async Task Requests_over_the_limit_are_refused_until_there_is_room_again()
    {
        var client = ClientOfA("raft.client.max-pending-requests = 1");
        var first = Propose(client, "x");
        var second = Propose(client, "y");
        await Fails<OverloadedException>(second);
        A.ExpectsCommands("x");
        A.Applies("done");
        await End(first);

        var third = Propose(client, "z");
        A.ExpectsCommands("z");
        A.Applies("done");
        await End(third);
    }

    /// <summary>A request that fits into no message is not sent.</summary>
    [Fact]
    public async Task An_oversized_request_is_refused_before_it_is_sent()
    {
        var client = ClientOfA("raft.max-command-bytes = 10B");
        await Fails<RequestRefusedException>(Propose(client, "01234567890"));
        await Fails<RequestRefusedException>(Ask(client, "01234567890"));
        var request = Propose(client, "0123456789");
        A.ExpectsCommands("0123456789");
        A.Applies("done");
        await End(request);
    }

    /// <summary>Canceling the wait does not cancel the command.</summary>
    [Fact]
    public async Task A_caller_can_stop_waiting()
    {
        using var cancellationToken = new CancellationTokenSource();
        var request = ClientOfA().ProposeAsync(TextMachine.Bytes("x"), cancellationToken.Token);
        A.ExpectsCommands("x");
        await cancellationToken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    /// <summary>A client that stops fails all its requests.</summary>
    [Fact]
    public async Task Requests_under_way_end_with_the_client()
    {
        var client = ClientOfA();
        var command = Propose(client, "x");
        A.ExpectsCommands("x");
        var query = Ask(client, "q");
        A.ExpectsQueries("q");
        await client.DisposeAsync();
        await Fails<OutcomeUnknownException>(command);
        await Fails<RaftUnavailableException>(query);
    }

    /// <summary>A stopped client can't send requests, and says so.</summary>
    [Fact]
    public async Task A_request_to_a_stopped_client_ends()
    {
        var client = Client();
        await client.DisposeAsync();
        var failure = await Record.ExceptionAsync(() => End(Propose(client, "x")));
        Assert.True(failure is RaftUnavailableException or ObjectDisposedException, $"It ended with: {failure?.Message}");
    }

    [Fact]
    public void A_client_needs_a_contact() =>
        Assert.Throws<ArgumentException>(
            () => RaftClient.Create(Sys, Array.Empty<IActorRef>(), new ClientSettings(RaftConfig.Reference)));

    /// <summary>No node answers a request, however often it is sent, until its time is over.</summary>
    private void AdvanceUntilGivenUp(Task request)
    {
        AdvanceInSilence(A, RequestTimeout - RetryInterval);
        Assert.False(request.IsCompleted);
        AdvanceInSilence(A, RetryInterval);
    }

    private Task<CommandApplied> Sent()
    {
        var request = Propose(ClientOfA(), "x");
        A.ExpectsCommands("x");
        return request;
    }
}

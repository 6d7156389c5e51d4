using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>What clients are answered when their leader steps down (Raft §5.4, §8).</summary>
public sealed class StepDownTests : RaftScenario
{
    /// <summary>The next leader may have the entry or not, and may commit it or overwrite it.</summary>
    [Fact]
    public void A_command_in_the_log_has_an_unknown_outcome()
    {
        var term = EstablishedLeader();
        var id = Client.Proposes("a");
        N2.Heartbeats(term + 1);
        Assert.Equal(id, Client.Expects<OutcomeUnknown>().RequestId);
    }

    /// <summary>A command in no log had no effect and may be sent to the next leader.</summary>
    [Fact]
    public void A_command_that_is_in_no_log_had_no_effect()
    {
        var term = EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        var gathered = Client.Proposes("b");
        N2.Heartbeats(term + 1);
        var replies = new ClientReply[] { Client.Expects<NotLeader>(), Client.Expects<OutcomeUnknown>() };
        Assert.Equal([gathered, gathered - 1], replies.Select(r => r.RequestId));
        Assert.Equal(new LogIndex(2), Status().LastLogIndex);
    }

    /// <summary>§8: queries are answered by a leader, whether their round had begun or not.</summary>
    [Fact]
    public void Queries_had_no_effect()
    {
        var term = EstablishedLeader();
        var inRound = Client.Asks();
        var waiting = Client.Asks();
        N2.Accepts(term + 1, match: 0);
        Assert.Equal(inRound, Client.Expects<NotLeader>().RequestId);
        Assert.Equal(waiting, Client.Expects<NotLeader>().RequestId);
        Client.ExpectsNothing();
    }

    /// <summary>A newer term in the answer to a round is no confirmation.</summary>
    [Fact]
    public void A_command_that_was_committed_before_is_answered_with_its_result()
    {
        var term = EstablishedLeader();
        var id = Client.Proposes("a");
        Settle();
        N2.Accepts(term, match: 2);
        N2.Heartbeats(term + 1);
        Client.ExpectsApplied(id, "2:a");
        Client.ExpectsNothing();
    }

    /// <summary>A node that stops answers all its clients.</summary>
    [Fact]
    public void A_leader_that_stops_answers_its_clients()
    {
        EstablishedLeader();
        Disk.Hold();
        var appended = Client.Proposes("a");
        var gathered = Client.Proposes("b");
        var query = Client.Asks();
        Crash();
        Assert.Equal(gathered, Client.Expects<NotLeader>().RequestId);
        Assert.Equal(query, Client.Expects<NotLeader>().RequestId);
        Assert.Equal(appended, Client.Expects<OutcomeUnknown>().RequestId);
    }

    /// <summary>The command's outcome was reported as unknown, and a later leadership of the same node commits it.</summary>
    [Fact]
    public void A_command_that_a_later_leadership_commits_is_not_answered_twice()
    {
        var term = EstablishedLeader();
        Client.Proposes("a");
        N2.Denies(term + 1, VoteDenial.StaleTerm);
        Client.Expects<OutcomeUnknown>();

        var later = WinElection();
        N2.Accepts(later, match: 3);
        Assert.Equal(["2:a"], Applied);
        Client.ExpectsNothing();
    }

    /// <summary>Hazard 20: an index identifies an entry only together with its term.</summary>
    [Fact]
    public void Another_clients_command_at_the_same_index_is_answered_to_that_client()
    {
        var term = EstablishedLeader();
        var other = NewClient("other");
        Client.Proposes("a", "b", "c");
        N2.Appends(term + 1, previous: (1, term), [Entry(2, term + 1, "x")]);
        for (var i = 0; i < 3; i++) Client.Expects<OutcomeUnknown>();

        var later = WinElection();
        var id = other.Proposes("y");
        Settle();
        N2.Accepts(later, match: 4);
        Assert.Equal(new LogIndex(4), other.ExpectsApplied(id, "4:y").Index);
        Client.ExpectsNothing();
        Assert.Equal(["2:x", "4:y"], Applied);
    }

    /// <summary>A later leadership must not append proposals of an earlier one.</summary>
    [Fact]
    public void A_command_that_was_given_back_is_not_appended_by_a_later_leadership()
    {
        var term = EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        Client.Proposes("b");
        N2.Denies(term + 1, VoteDenial.StaleTerm);
        DiskCatchesUp();
        WinElection();
        Assert.Equal([term, term, term + 2], LogTerms());
    }

    /// <summary>A write of an earlier leadership completes in a later term.</summary>
    [Fact]
    public void A_write_that_ends_after_the_step_down_commits_nothing()
    {
        var term = EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        N2.Accepts(term, match: 2);
        N3.Denies(term + 1, VoteDenial.StaleTerm);
        DiskCatchesUp();
        Assert.Equal((RaftRole.Follower, new LogIndex(1)), (Status().Role, Status().CommitIndex));
        Assert.Empty(Applied);
    }
}

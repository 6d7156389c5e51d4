using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>How a leader searches for the last common entry (Raft §5.3, nextIndex and the optimisation at its end).</summary>
public sealed class LeaderProbingTests : RaftScenario
{
    /// <summary>Until the logs are known to match, further messages would probably be wasted.</summary>
    [Fact]
    public void While_it_searches_a_leader_sends_one_message_at_a_time()
    {
        var term = Leader(log: Terms(1, 1, 1));
        Client.Proposes("a");
        N2.ExpectsNothing();

        N2.Rejects(term, rejected: 3, conflictTerm: null, conflictIndex: 2);
        N2.ExpectsAppend(previous: 1, 2, 3, 4, 5);
        Client.Proposes("b");
        N2.ExpectsNothing();

        N2.Accepts(term, match: 5);
        N2.ExpectsAppend(previous: 5, 6);
    }

    /// <summary>
    /// §5.3: a leader retries forever, at the pace of heartbeats. It repeats entries only to a follower that answers: to one that
    /// hangs they would pile up in Akka.Remote, an append of <c>raft.max-append-bytes</c> per heartbeat.
    /// </summary>
    [Fact]
    public void A_search_message_that_is_not_answered_is_followed_by_heartbeats_without_entries()
    {
        var term = Leader(log: Terms(1, 1, 1));
        N2.Rejects(term, rejected: 3, conflictTerm: null, conflictIndex: 2);
        N2.ExpectsAppend(previous: 1, 2, 3, 4);
        for (var i = 0; i < 3; i++)
        {
            HeartbeatIntervalPasses();
            N2.ExpectsAppend(previous: 1);
            N2.ExpectsNothing();
        }
    }

    [Fact]
    public void A_search_message_that_was_lost_is_sent_again_when_a_heartbeat_is_answered()
    {
        var term = Leader(log: Terms(1, 1, 1));
        N2.Rejects(term, rejected: 3, conflictTerm: null, conflictIndex: 2);
        N2.ExpectsAppend(previous: 1, 2, 3, 4);
        HeartbeatIntervalPasses();
        N2.ExpectsAppend(previous: 1);

        N2.Accepts(term, match: 1);
        N2.ExpectsAppend(previous: 1, 2, 3, 4);
    }

    [Fact]
    public void A_search_message_that_was_lost_goes_on_from_where_a_heartbeat_is_rejected()
    {
        var term = Leader(log: Terms(1, 1, 1));
        N2.Rejects(term, rejected: 3, conflictTerm: null, conflictIndex: 3);
        N2.ExpectsAppend(previous: 2, 3, 4);
        HeartbeatIntervalPasses();
        N2.ExpectsAppend(previous: 2);

        N2.Rejects(term, rejected: 2, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsAppend(previous: 0, 1, 2, 3, 4);
    }

    /// <summary>
    /// End of §5.3: if the leader has the conflicting term it continues after its own last entry of that term, otherwise before
    /// the follower's first one.
    /// </summary>
    [Theory]
    [InlineData(null, 3, 2)] // Too short: at the follower's end.
    [InlineData(4L, 4, 5)] // The leader has term 4, to index 5.
    [InlineData(3L, 4, 3)] // The leader has no term 3.
    [InlineData(1L, 1, 3)] // The leader has term 1, to index 3.
    [InlineData(6L, 6, 5)] // The follower has a term that the leader lacks.
    public void A_rejection_takes_the_search_back_over_a_whole_term(long? conflictTerm, long conflictIndex, long nextPrevious)
    {
        var term = Leader(log: Terms(1, 1, 1, 4, 4, 5, 5));
        N2.Rejects(term, rejected: 7, conflictTerm, conflictIndex);
        Assert.Equal(nextPrevious, N2.Expects<AppendEntries>().PreviousIndex.Value);
    }

    /// <summary>The search ends at the start of the log at the latest, where every log agrees.</summary>
    [Fact]
    public void An_empty_follower_gets_the_whole_log()
    {
        var term = Leader(log: Terms(1, 2));
        N2.Rejects(term, rejected: 2, conflictTerm: null, conflictIndex: 1);
        var append = N2.ExpectsAppend(previous: 0, 1, 2, 3);
        Assert.Equal(Term.Zero, append.PreviousTerm);
    }

    /// <summary>A rejection that arrives twice moves the search back once.</summary>
    [Fact]
    public void A_rejection_of_a_message_that_was_overtaken_is_ignored()
    {
        var term = Leader(log: Terms(1, 1, 1, 1));
        N2.Rejects(term, rejected: 4, conflictTerm: null, conflictIndex: 3);
        N2.Rejects(term, rejected: 4, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsAppend(previous: 2, 3, 4, 5);
        N2.ExpectsNothing();
    }

    /// <summary>A follower has what it acknowledged, whatever an older message says.</summary>
    [Fact]
    public void A_rejection_of_what_was_acknowledged_is_ignored()
    {
        var term = EstablishedLeader(log: Terms(1, 1));
        N2.Rejects(term, rejected: 2, conflictTerm: null, conflictIndex: 1);
        N2.ExpectsNothing();
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 3, 4);
    }

    /// <summary>
    /// A follower can't lack an entry that was never sent. Such a rejection is a defect or forged, and must not do harm.
    /// </summary>
    [Fact]
    public void A_rejection_of_an_entry_that_the_leader_does_not_have_is_ignored_with_a_warning()
    {
        var term = EstablishedLeader();
        N2.Rejects(term, rejected: 1000, conflictTerm: null, conflictIndex: 1000);
        Assert.Contains("AppendRejected from n2 refers to entry 1000", Assert.Single(Warnings()));
        HeartbeatIntervalPasses();
        N2.ExpectsAppend(previous: 1);
        Assert.Equal((RaftRole.Leader, term), (Status().Role, Status().Term.Value));
    }

    /// <summary>
    /// A follower can't have an entry that was never sent; counting it would commit entries that the follower lacks.
    /// </summary>
    [Fact]
    public void An_acknowledgement_of_an_entry_that_the_leader_does_not_have_is_ignored_with_a_warning()
    {
        var term = EstablishedLeader();
        N2.Accepts(term, match: 5);
        Assert.Contains("AppendAccepted from n2 refers to entry 5", Assert.Single(Warnings()));
        Client.Proposes("a");
        N2.ExpectsAppend(previous: 1, 2);
        Assert.Equal(new LogIndex(1), Status().CommitIndex);
    }
}

using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// The journal fails. The node stops, because it may have more in memory than on disk, and restarts from the disk: what is there
/// counts, whether the write was reported as failed or not.
/// </summary>
public sealed class WriteFailureTests : RaftScenario
{
    /// <summary>Each kind of failure leaves nothing on the disk.</summary>
    [Theory]
    [InlineData(WriteOutcome.Failure)]
    [InlineData(WriteOutcome.Rejection)]
    public void A_node_whose_write_failed_promised_nothing_and_forgets_it(WriteOutcome outcome)
    {
        Node(term: 1);
        Disk.Next(outcome);
        N2.AsksForVote(term: 1);
        NodeStops();
        N2.ExpectsNothing();

        Advance(RestartPause);
        Assert.Null(Status().VotedFor);
        N3.AsksForVote(term: 1);
        N3.Expects<VoteGranted>();
    }

    /// <summary>A circuit breaker reports a write as failed that the database completes after all.</summary>
    [Fact]
    public void A_vote_that_was_written_though_its_write_failed_is_honoured()
    {
        Node(term: 1);
        Disk.Next(WriteOutcome.FailureAfterTheFact);
        N2.AsksForVote(term: 1);
        NodeStops();
        N2.ExpectsNothing();

        Advance(RestartPause);
        Assert.Equal(N2.Id, Status().VotedFor);
        N3.AsksForVote(term: 1);
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);
        N2.AsksForVote(term: 1);
        N2.Expects<VoteGranted>();
    }

    [Fact]
    public void Entries_that_were_written_though_their_write_failed_are_there()
    {
        Node(term: 1);
        Disk.Next(WriteOutcome.FailureAfterTheFact);
        N2.Appends(term: 1, previous: (0, 0), Terms(1, 1));
        NodeStops();
        N2.ExpectsNothing();

        Advance(RestartPause);
        N2.Heartbeats(term: 1, previous: (2, 1));
        N2.ExpectsAccepted(match: 2);
    }

    /// <summary>Truncation and entries are one write: all or nothing.</summary>
    [Theory]
    [InlineData(WriteOutcome.Failure)]
    [InlineData(WriteOutcome.Rejection)]
    public void A_write_of_several_events_that_failed_leaves_the_old_log(WriteOutcome outcome)
    {
        Node(log: Terms(1, 1, 1));
        Disk.Next(outcome);
        N2.Appends(term: 2, previous: (1, 1), [Entry(2, 2)]);
        NodeStops();
        N2.ExpectsNothing();

        Advance(RestartPause);
        Assert.Equal([1, 1, 1], LogTerms());
        Assert.Equal(new Term(1), Status().Term);
    }

    /// <summary>A candidate's own vote must be durable, too.</summary>
    [Fact]
    public void A_candidate_whose_write_failed_requested_no_votes()
    {
        Node(term: 1);
        Disk.Next(WriteOutcome.Failure);
        Settle();
        AdvanceUnwatched(ElectionTimeout);
        NodeStops();
        N2.ExpectsNothing();
        Advance(RestartPause);
        Assert.Equal((RaftRole.Follower, new Term(1)), (Status().Role, Status().Term));
    }

    /// <summary>Its entries may already be on other disks.</summary>
    [Fact]
    public void The_clients_of_a_leader_whose_write_failed_hear_that_the_outcome_is_unknown()
    {
        var term = EstablishedLeader();
        Disk.Next(WriteOutcome.Failure);
        var id = Client.Proposes("a");
        NodeStops();
        Assert.Equal(id, Client.Expects<OutcomeUnknown>().RequestId);

        Advance(RestartPause);
        Assert.Equal((RaftRole.Follower, term, N1), (Status().Role, Status().Term.Value, Status().VotedFor!.Value));
        Assert.Equal([term], LogTerms());
    }

    /// <summary>Acknowledged entries are still there, whatever fails later.</summary>
    [Fact]
    public void What_was_acknowledged_before_survives_the_failure()
    {
        Node(term: 1);
        N2.Appends(term: 1, previous: (0, 0), Terms(1, 1));
        N2.ExpectsAccepted(match: 2);
        Disk.Next(WriteOutcome.Failure);
        N2.Appends(term: 1, previous: (2, 1), [Entry(3, 1)]);
        NodeStops();
        Advance(RestartPause);
        Assert.Equal([1, 1], LogTerms());
    }

    /// <summary>While a node is down, its clients get answers at once.</summary>
    [Fact]
    public void While_a_node_is_down_its_clients_get_answers()
    {
        Node(term: 1);
        Crash();
        Assert.Equal(new NotLeader(Client.Proposes("a")), Client.Expects<NotLeader>());
        Assert.Equal(new NotLeader(Client.Asks()), Client.Expects<NotLeader>());
        Client.SearchesLeader();
        Client.ExpectsLeaderIs(isSelf: false, path: null);
        Assert.Equal((N1, false), (Down().NodeId, Down().IsHalted));
    }

    /// <summary>A node whose journal can't be read at the moment retries after longer and longer pauses.</summary>
    [Fact]
    public void The_pause_before_a_restart_doubles_while_the_journal_can_not_be_read()
    {
        Node(term: 1);
        Disk.FailRecoveries(2);
        Crash();
        var pause = RestartPause;
        foreach (var attempt in new[] { 2, 3 })
        {
            AdvanceUnwatched(pause - TimeSpan.FromMilliseconds(1));
            Down();
            AdvanceUnwatched(TimeSpan.FromMilliseconds(1));
            Disk.AwaitRecovery(attempt);
            NodeStops();
            pause *= 2;
        }

        AdvanceUnwatched(pause - TimeSpan.FromMilliseconds(1));
        Down();
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new Term(1), Status().Term);
    }

    /// <summary>The pause has a limit.</summary>
    [Fact]
    public void The_pause_before_a_restart_has_a_limit()
    {
        Store([], term: 1, votedFor: null, members: 3);
        Disk.FailRecoveries(3);
        Start(settings: "raft.restart-backoff-max = 300ms");
        foreach (var (attempt, pause) in new[] { (1, 200), (2, 300), (3, 300) })
        {
            Disk.AwaitRecovery(attempt);
            NodeStops();
            AdvanceUnwatched(TimeSpan.FromMilliseconds(pause));
        }

        Assert.Equal(new Term(1), Status().Term);
    }

    /// <summary>
    /// restart-backoff-min: a node that stopped because its journal failed restarts after a pause that doubles. A disk that can
    /// be read but not written counts as such a journal.
    /// </summary>
    [Fact]
    public void The_pause_before_a_restart_doubles_while_every_write_fails()
    {
        Node(term: 1);
        var pause = RestartPause;
        for (var i = 0; i < 3; i++)
        {
            Disk.Next(WriteOutcome.Failure);
            N2.AsksForVote(term: 1);
            NodeStops();
            AdvanceUnwatched(pause - TimeSpan.FromMilliseconds(1));
            Down();
            Advance(TimeSpan.FromMilliseconds(1));
            pause *= 2;
        }
    }
}

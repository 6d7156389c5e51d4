using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A journal that does not answer must not block a node forever (<c>raft.journal-timeout</c>; hazard 22).</summary>
public sealed class JournalTimeoutTests : RaftScenario
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>This class does not test elections.</summary>
    private const string NoElections = "raft { election-timeout-min = 1h, election-timeout-max = 2h }";

    [Fact]
    public void A_journal_that_never_answers_stops_the_node_at_its_timeout()
    {
        Node(term: 1, settings: NoElections);
        Disk.Hold();
        N2.AsksForVote(term: 1);
        Advance(Timeout - Tick);
        Assert.Equal(new Term(1), Status().Term);
        AdvanceUnwatched(Tick);
        NodeStops();
        N2.ExpectsNothing();

        Disk.Abandon();
        Advance(RestartPause);
        N3.AsksForVote(term: 1);
        N3.Expects<VoteGranted>();
    }

    /// <summary>A slow journal is not a dead one.</summary>
    [Fact]
    public void A_journal_that_is_slow_and_answers_does_not_stop_the_node()
    {
        Node(term: 1, settings: NoElections);
        Disk.Hold();
        for (var i = 1; i <= 5; i++)
        {
            N2.Appends(term: 1, (i - 1, i == 1 ? 0 : 1), [Entry(i, 1)]);
            Advance(Timeout * 0.7);
            DiskDoesOneWrite();
        }

        Assert.Equal(5, LogTerms().Length);
    }

    /// <summary>A write gets its full timeout, and is detected as dead after at most twice that.</summary>
    [Fact]
    public void A_write_that_began_later_is_noticed_within_twice_the_timeout()
    {
        Node(term: 1, settings: NoElections);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        Advance(Timeout * 0.5);
        DiskCatchesUp();
        Disk.Hold();
        N2.Appends(term: 9, previous: (1, 1), [Entry(2, 1)]);
        Advance(Timeout - Tick);
        Assert.Equal(new Term(9), Status().Term);
        AdvanceUnwatched(Timeout + Tick);
        NodeStops();
    }

    /// <summary>Hazard 22: a leader with a dead disk does not send heartbeats forever; then another one can be elected.</summary>
    [Fact]
    public void A_leader_whose_disk_died_gives_up_and_answers_its_clients()
    {
        EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        var gathered = Client.Proposes("b");
        Advance(Timeout);
        AdvanceUnwatched(Timeout);
        NodeStops();
        Assert.Equal(gathered, Client.Expects<NotLeader>().RequestId);
        Client.Expects<OutcomeUnknown>();
    }

    /// <summary>
    /// An abandoned write reaches the disk after the node has restarted without it. The next write finds its sequence number used
    /// and fails; the restart after that finds the vote and honours it.
    /// </summary>
    [Fact]
    public void A_vote_that_reaches_the_disk_late_is_found_by_the_next_write()
    {
        Node(term: 1, settings: NoElections);
        Disk.Hold();
        N2.AsksForVote(term: 1);
        Settle();
        AdvanceUnwatched(Timeout);
        NodeStops();
        var givenUp = Disk.Abandon();
        Advance(RestartPause);
        Assert.Null(Status().VotedFor);

        Disk.CommitLate(Assert.Single(givenUp));
        N3.AsksForVote(term: 1);
        NodeStops();
        N3.ExpectsNothing();
        Advance(2 * RestartPause);
        Assert.Equal(N2.Id, Status().VotedFor);
        N3.AsksForVote(term: 1);
        Assert.Equal(VoteDenial.AlreadyVoted, N3.Expects<VoteDenied>().Reason);
    }
}

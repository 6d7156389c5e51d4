using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A leader sends its state to a follower that lacks compacted entries (Raft §7, Figure 13, sender).</summary>
public sealed class SendSnapshotTests : RaftScenario
{
    private const string KeepNone = "raft.snapshot-keep-entries = 0\nraft.snapshot-chunk-bytes = 20";

    private long _term;

    [Fact]
    public void A_follower_gets_a_snapshot_when_it_lacks_the_leaders_first_entry()
    {
        CompactedLeader();
        var first = Lacks(N2);
        Assert.Equal((3, 0, 20), (first.Last.Index.Value, first.Offset, first.Data.Length));
    }

    [Fact]
    public void The_next_part_leaves_when_the_one_before_has_come_and_then_entries_follow()
    {
        CompactedLeader();
        var part = Lacks(N2);
        while (part.Offset + part.Data.Length < part.Length)
        {
            Receives(N2, part, part.Offset + part.Data.Length);
            var next = N2.Expects<InstallSnapshot>();
            Assert.Equal((part.Offset + part.Data.Length, part.Part + 1), (next.Offset, next.Part));
            part = next;
        }

        Receives(N2, part, part.Length);
        N2.ExpectsNothing();
        N2.Accepts(_term, match: 3);
        N2.ExpectsAppend(previous: 3, 4);
    }

    [Fact]
    public void Heartbeats_go_on_and_one_that_is_answered_shows_that_a_part_was_lost()
    {
        CompactedLeader();
        var part = Lacks(N2);
        HeartbeatIntervalPasses();
        var heartbeat = N2.Expects<AppendEntries>();
        Assert.Equal((3, 0), (heartbeat.PreviousIndex.Value, heartbeat.Entries.Count));
        N2.ExpectsNothing();
        N2.Rejects(_term, rejected: 3, conflictTerm: null, conflictIndex: 1, heartbeat.Round);
        var again = N2.Expects<InstallSnapshot>();
        Assert.Equal((part.Offset, part.Part + 1), (again.Offset, again.Part));
    }

    [Fact]
    public void A_follower_that_lost_what_it_had_gets_it_again()
    {
        CompactedLeader();
        var part = Lacks(N2);
        Receives(N2, part, 20);
        Receives(N2, N2.Expects<InstallSnapshot>(), 0);
        Assert.Equal(0, N2.Expects<InstallSnapshot>().Offset);
    }

    [Fact]
    public void An_answer_that_comes_twice_sends_nothing_twice()
    {
        CompactedLeader();
        var part = Lacks(N2);
        Receives(N2, part, 20);
        Receives(N2, part, 20);
        N2.Expects<InstallSnapshot>();
        N2.ExpectsNothing();
    }

    [Fact]
    public void Entries_after_a_snapshot_that_is_on_its_way_are_not_dropped()
    {
        CompactedLeader();
        var part = Lacks(N2);
        var id = Client.Proposes("x");
        N3.TakeAll();
        N3.Accepts(_term, match: 5);
        Client.ExpectsApplied(id, "5:x");
        N3.Sends(TakeSnapshot.Instance);
        Assert.Equal(5, N3.ExpectsAfterHeartbeats<SnapshotTaken>().Index.Value);
        Assert.Equal([4L, 5L], Log.Select(e => e.Index.Value));
        N2.Accepts(_term, match: part.Last.Index.Value);
        N2.ExpectsAppend(previous: 3, 4, 5);
    }

    [Fact]
    public void A_silent_follower_is_given_up_and_found_again()
    {
        CompactedLeader();
        Lacks(N2);
        Advance(TimeSpan.FromSeconds(2));
        HeartbeatIntervalPasses();
        N2.TakeAll();
        HeartbeatIntervalPasses();
        var heartbeat = N2.Expects<AppendEntries>();
        Assert.Equal(3, heartbeat.PreviousIndex.Value);
        N2.Rejects(_term, rejected: 3, conflictTerm: null, conflictIndex: 1, heartbeat.Round);
        Settle();
        Assert.Equal(0, N2.Expects<InstallSnapshot>().Offset);
    }

    [Fact]
    public void The_requested_page_of_the_log_starts_before_its_first_entry()
    {
        CompactedLeader();
        N3.Sends(new GetLog(new LogIndex(1), Limit: 10));
        var page = N3.ExpectsAfterHeartbeats<LogPage>();
        Assert.Equal((4, 3), (page.FirstIndex.Value, page.LastIndex.Value));
        Assert.Empty(page.Entries);
    }

    /// <summary>Otherwise a large state that can't be written would occupy the state machine again with each heartbeat.</summary>
    [Fact]
    public void A_state_that_can_not_be_written_is_tried_again_after_a_pause_only()
    {
        CompactedLeader();
        Client.Proposes(TextMachine.Unwritable);
        N3.TakeAll();
        N3.Accepts(_term, match: 4);
        Client.Expects<CommandApplied>();
        _term = WinElectionAgain();
        foreach (var rejected in new[] { 4, 3 }) N2.Rejects(_term, rejected, conflictTerm: null, conflictIndex: 1);
        Assert.Single(Warnings());

        for (var i = 0; i < 5; i++) HeartbeatPassesAndIsAnswered();
        Assert.Empty(Warnings());

        for (var i = 0; i < 96; i++) HeartbeatPassesAndIsAnswered();
        Assert.Single(Warnings());
    }

    /// <summary>A leader of three entries, all of which a snapshot replaces.</summary>
    private void CompactedLeader()
    {
        _term = EstablishedLeader(Terms(1, 1), settings: KeepNone);
        N3.Sends(TakeSnapshot.Instance);
        Assert.Equal(3, N3.ExpectsAfterHeartbeats<SnapshotTaken>().Index.Value);
        N2.TakeAll();
        N3.TakeAll();
    }

    /// <summary>The follower started over: it lacks everything.</summary>
    private InstallSnapshot Lacks(Peer follower)
    {
        _term = WinElectionAgain();
        follower.Rejects(_term, rejected: 3, conflictTerm: null, conflictIndex: 1);
        Settle();
        return follower.ExpectsAfterHeartbeats<InstallSnapshot>();
    }

    private void HeartbeatPassesAndIsAnswered()
    {
        HeartbeatIntervalPasses();
        var round = N2.TakeAll().OfType<AppendEntries>().Last().Round;
        N2.Rejects(_term, rejected: 3, conflictTerm: null, conflictIndex: 1, round);
    }

    private long WinElectionAgain()
    {
        N3.Heartbeats(_term + 1, (3, _term));
        Settle();
        var term = WinElection();
        foreach (var peer in new[] { N2, N3 }) peer.TakeAll();
        return term;
    }

    private void Receives(Peer follower, InstallSnapshot part, long offset) => follower.Sends(new SnapshotReceived(
        Cluster, follower.Id, new Term(_term), part.Last.Index, offset, part.Part, part.Round));
}

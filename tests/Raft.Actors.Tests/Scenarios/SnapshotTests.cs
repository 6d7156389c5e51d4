using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A node takes snapshots of its own state and restarts from them (Raft §7, dissertation §5.1).</summary>
public sealed class SnapshotTests : RaftScenario
{
    private const string KeepOne = "raft.snapshot-keep-entries = 1\nraft.snapshot-chunk-bytes = 16";

    [Fact]
    public void On_request_the_state_takes_the_place_of_entries_but_for_those_that_are_kept()
    {
        FollowerOf(Terms(1, 1, 2, 2), commit: 3, KeepOne);

        var taken = Take();

        Assert.Equal((N1, new LogIndex(3)), (taken.NodeId, taken.Index));
        Assert.Equal([3L, 4L], Log.Select(e => e.Index.Value));
        Assert.Equal(3, Status().SnapshotIndex.Value);
    }

    [Fact]
    public void The_events_before_a_snapshot_are_deleted_and_all_else_that_counts_is_in_it()
    {
        FollowerOf(Terms(1, 1, 2, 2), commit: 3, KeepOne, term: 5, votedFor: "n2");

        var taken = Take();

        Assert.IsType<SnapshotPartSaved>(Disk.Events[0]);
        var saved = Assert.IsType<SnapshotSaved>(Disk.Events[^1]);
        Assert.Equal(taken.Bytes, Disk.Events.OfType<SnapshotPartSaved>().Sum(part => part.Bytes.Length));
        Assert.All(Disk.Events.OfType<SnapshotPartSaved>(), part => Assert.InRange(part.Bytes.Length, 1, 16));
        Assert.Equal((5, "n2", 2), (saved.Term.Value, saved.VotedFor!.Value.Value, saved.Start.Index.Value));
        Assert.Equal(Formed(3).Voters, saved.Formed.Voters);
    }

    [Fact]
    public void A_node_starts_again_from_its_snapshot_and_the_entries_after_it()
    {
        FollowerOf(Terms(1, 1, 2, 2), commit: 3, KeepOne, term: 5, votedFor: "n2");
        Take();

        CrashAndRestart();

        var status = Status();
        Assert.Equal((5, "n2"), (status.Term.Value, status.VotedFor!.Value.Value));
        Assert.Equal((3, 3, 4, 3), (
            status.CommitIndex.Value, status.LastApplied.Value, status.LastLogIndex.Value, status.SnapshotIndex.Value));
        Assert.Equal(["1:1@1", "2:2@1", "3:3@2"], Applied);
        N2.Heartbeats(term: 5, (4, 2), commit: 4);
        Assert.Equal("4:4@2", Applied[^1]);
    }

    [Fact]
    public void A_second_snapshot_replaces_the_first()
    {
        FollowerOf(Terms(1, 1, 2, 2), commit: 2, KeepOne);
        Take();
        N2.Heartbeats(term: 2, (4, 2), commit: 4);

        Assert.Equal(4, Take().Index.Value);

        Assert.Single(Disk.Events.OfType<SnapshotSaved>());
        CrashAndRestart();
        Assert.Equal(["1:1@1", "2:2@1", "3:3@2", "4:4@2"], Applied);
    }

    [Fact]
    public void A_snapshot_that_is_there_already_is_not_taken_again()
    {
        FollowerOf(Terms(1, 1), commit: 2, KeepOne);
        var taken = Take();
        var writes = Disk.Writes;

        Assert.Equal(taken, Take());

        Assert.Equal(writes, Disk.Writes);
    }

    [Fact]
    public void Without_committed_entries_no_snapshot_is_taken()
    {
        Node(log: Terms(1, 1));

        N3.Sends(TakeSnapshot.Instance);

        Assert.Contains("nothing that is committed", N3.Expects<SnapshotRefused>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_machine_that_fails_to_write_its_state_is_reported_and_continues()
    {
        FollowerOf([Entry(1, 1, TextMachine.Unwritable), Entry(2, 1)], commit: 1, KeepOne);

        N3.Sends(TakeSnapshot.Instance);

        Assert.Contains("The state can't be written", N3.Expects<SnapshotRefused>().Reason, StringComparison.Ordinal);
        N2.Heartbeats(term: 1, (2, 1), commit: 2);
        Assert.Equal(2, Applied.Count);
    }

    [Fact]
    public void After_a_failure_the_next_snapshot_waits_for_a_pause()
    {
        FollowerOf([Entry(1, 1, TextMachine.Unwritable), Entry(2, 1)], commit: 1, KeepOne);
        N3.Sends(TakeSnapshot.Instance);
        N3.Expects<SnapshotRefused>();
        Assert.Single(Warnings());
        Advance(TimeSpan.FromSeconds(9.5));

        N3.Sends(TakeSnapshot.Instance);

        Assert.EndsWith(
            "The state can't be written. The next attempt is possible in 1 s.",
            N3.ExpectsAfterHeartbeats<SnapshotRefused>().Reason,
            StringComparison.Ordinal);
        Assert.Empty(Warnings());
        Advance(TimeSpan.FromSeconds(0.5));
        N3.Sends(TakeSnapshot.Instance);
        Assert.EndsWith("can't be written.", N3.ExpectsAfterHeartbeats<SnapshotRefused>().Reason, StringComparison.Ordinal);
        Assert.Single(Warnings());
    }

    [Fact]
    public void A_due_snapshot_that_failed_is_taken_after_the_pause()
    {
        const string Settings = "raft { snapshot-after-bytes = 1, election-timeout-min = 1h, election-timeout-max = 2h }";
        FollowerOf([Entry(1, 1, TextMachine.Unwritable), .. Terms(1, 1, 1, 1)[1..]], commit: 1, Settings);
        Assert.Single(Warnings());

        N2.Heartbeats(term: 1, (4, 1), commit: 2);
        Assert.Empty(Warnings());
        Advance(TimeSpan.FromSeconds(10));
        N2.Heartbeats(term: 1, (4, 1), commit: 3);

        Assert.Single(Warnings());
    }

    [Fact]
    public void A_node_takes_a_snapshot_by_itself_when_enough_was_committed()
    {
        Node(log: Terms(1, 1, 1, 1), settings: $"{KeepOne}\nraft.snapshot-after-bytes = 100");
        N2.Heartbeats(term: 1, (4, 1), commit: 1);
        Assert.Equal(0, Status().SnapshotIndex.Value);

        N2.Heartbeats(term: 1, (4, 1), commit: 3);

        Assert.Equal(3, Status().SnapshotIndex.Value);
    }

    [Fact]
    public void A_node_takes_no_snapshots_by_itself_if_that_is_off()
    {
        FollowerOf(Terms(1, 1, 1, 1), commit: 4, "raft.snapshot-after-bytes = 0");

        Assert.Equal(0, Status().SnapshotIndex.Value);
    }

    [Fact]
    public void The_log_is_written_between_the_parts_and_none_of_it_is_lost()
    {
        FollowerOf(Terms(1, 1), commit: 2, KeepOne);
        Disk.Hold();
        N3.Sends(TakeSnapshot.Instance);
        Settle();
        N2.Appends(term: 1, previous: (2, 1), [Entry(3, 1)]);
        DiskDoesOneWrite();
        DiskDoesOneWrite();

        N2.ExpectsAccepted(match: 3);

        CrashAndRestart();
        Assert.Equal(3, Status().LastLogIndex.Value);
    }

    /// <summary>Hazard 18: until the event that completes it is on disk, there is no snapshot, and nothing is deleted.</summary>
    [Fact]
    public void A_crash_before_the_end_leaves_the_journal_as_it_was()
    {
        FollowerOf(Terms(1, 1, 2), commit: 3, KeepOne);
        Disk.Hold();
        N3.Sends(TakeSnapshot.Instance);
        for (Settle(); !Disk.Events.OfType<SnapshotPartSaved>().Skip(1).Any(); DiskDoesOneWrite()) N3.ExpectsNothing();

        CrashAndRestart();

        Assert.Contains("stopped before", N3.Expects<SnapshotRefused>().Reason, StringComparison.Ordinal);
        var status = Status();
        Assert.Equal((0, 0, 3), (status.SnapshotIndex.Value, status.CommitIndex.Value, status.LastLogIndex.Value));
        N2.Heartbeats(term: 2, (3, 2), commit: 3);
        Assert.Equal(3, Applied.Count);
        Assert.Equal(3, Take().Index.Value);
        CrashAndRestart();
        Assert.Equal(3, Applied.Count);
    }

    [Fact]
    public void Without_its_snapshot_a_journal_whose_beginning_is_deleted_is_damaged()
    {
        FollowerOf(Terms(1, 1, 2), commit: 3, KeepOne);
        Take();
        Crash();
        Disk.Overwrite(Disk.Highest, new TermStarted(new Term(9), null));
        AdvanceUnwatched(RestartPause);

        Assert.Contains("no whole snapshot follows", HaltReason(), StringComparison.Ordinal);
    }

    /// <summary>A node that has not heard its leader yet, but knows the commit index.</summary>
    private void FollowerOf(LogEntry[] log, long commit, string settings, long term = 0, string? votedFor = null)
    {
        Node(log, term, votedFor, settings: settings);
        var last = log[^1];
        N2.Heartbeats(Math.Max(term, last.Term.Value), (last.Index.Value, last.Term.Value), commit);
        Settle();
        N2.TakeAll();
    }

    private SnapshotTaken Take()
    {
        N3.Sends(TakeSnapshot.Instance);
        Settle();
        return N3.Expects<SnapshotTaken>();
    }
}

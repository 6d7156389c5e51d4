using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>When a follower acknowledges what to its leader (Raft §5.3; Figure 2: stable storage before responding).</summary>
public sealed class AcknowledgementTests : RaftScenario
{
    /// <summary>A leader commits by acknowledgements, so an acknowledged entry must survive a crash.</summary>
    [Fact]
    public void An_append_is_acknowledged_when_it_is_durable()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.ExpectsNothing();
        Assert.Equal((new LogIndex(1), LogIndex.Zero), (Status().LastLogIndex, Status().DurableIndex));

        DiskCatchesUp();
        N2.ExpectsAccepted(match: 1);
        Assert.Equal(new LogIndex(1), Status().DurableIndex);
    }

    /// <summary>A duplicate append is acknowledged no earlier: what is in memory is not on disk.</summary>
    [Fact]
    public void An_append_that_arrives_twice_is_not_acknowledged_before_it_is_durable()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.ExpectsNothing();
        DiskCatchesUp();
        N2.ExpectsAccepted(match: 1);
        N2.ExpectsAccepted(match: 1);
    }

    /// <summary>A slow disk must not look like a dead follower, but the follower acknowledges only what is on disk.</summary>
    [Fact]
    public void A_heartbeat_is_answered_at_once_for_what_is_durable()
    {
        Node(log: Terms(1), term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (1, 1), [Entry(2, 1), Entry(3, 1)]);
        N2.Heartbeats(term: 1, previous: (3, 1), round: 7);
        Assert.Equal(7, N2.ExpectsAccepted(match: 1).Round);
        N2.ExpectsNothing();

        DiskCatchesUp();
        N2.ExpectsAccepted(match: 3);
    }

    /// <summary>A heartbeat verifies the log up to its previous index, not what follows.</summary>
    [Fact]
    public void A_heartbeat_is_answered_for_no_more_than_it_verified()
    {
        Node(log: Terms(1, 1, 1));
        N2.Heartbeats(term: 1, previous: (2, 1));
        N2.ExpectsAccepted(match: 2);
    }

    /// <summary>An append without news verifies the log up to its last entry, not what follows.</summary>
    [Fact]
    public void An_append_is_acknowledged_for_no_more_than_it_verified()
    {
        Node(log: Terms(1, 1, 1));
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1), Entry(2, 1)]);
        N2.ExpectsAccepted(match: 2);
    }

    /// <summary>§8: the leader counts replies to a heartbeat round, whatever they contain.</summary>
    [Fact]
    public void Every_answer_contains_the_round_of_its_request()
    {
        Node();
        N2.Heartbeats(term: 1, round: 3);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)], round: 4);
        N2.Heartbeats(term: 1, previous: (8, 1), round: 5);
        Assert.Equal(3, N2.Expects<AppendAccepted>().Round);
        Assert.Equal(4, N2.Expects<AppendAccepted>().Round);
        Assert.Equal(5, N2.Expects<AppendRejected>().Round);
    }

    /// <summary>Group commit: one sync for everything that arrived while the disk was busy.</summary>
    [Fact]
    public void Appends_that_come_while_the_disk_is_busy_are_written_together()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)]);
        N2.Appends(term: 1, previous: (1, 1), [Entry(2, 1)]);
        N2.Appends(term: 1, previous: (2, 1), [Entry(3, 1)]);
        DiskDoesOneWrite();
        N2.ExpectsAccepted(match: 1);
        N2.ExpectsNothing();

        DiskDoesOneWrite();
        N2.ExpectsAccepted(match: 2);
        N2.ExpectsAccepted(match: 3);
        Assert.Equal([1, 2], Disk.Events.OfType<EntriesAppended>().Select(e => e.Entries.Count));
    }

    /// <summary>Events have a size limit, too.</summary>
    [Fact]
    public void A_large_append_is_written_as_several_events_in_one_write()
    {
        Node(term: 1, settings: "raft.max-append-entries = 2");
        var writes = Disk.Writes;
        N2.Appends(term: 1, previous: (0, 0), Terms(1, 1, 1, 1, 1));
        N2.ExpectsAccepted(match: 5);
        Assert.Equal([2, 2, 1], Disk.Events.OfType<EntriesAppended>().Select(e => e.Entries.Count));
        Assert.Equal(writes + 1, Disk.Writes);
    }

    /// <summary>A follower may apply an entry before it is on its own disk, because a majority has it.</summary>
    [Fact]
    public void A_committed_entry_is_applied_without_waiting_for_the_disk()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a")], commit: 1);
        Assert.Equal(["1:a"], Applied);
        N2.ExpectsNothing();
    }

    /// <summary>The converse of Figure 2: what is on no disk was acknowledged to no node.</summary>
    [Fact]
    public void What_was_lost_with_its_write_was_never_acknowledged()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), Terms(1, 1));
        N2.ExpectsNothing();
        CrashAndRestart();
        Assert.Empty(LogTerms());
        N2.Heartbeats(term: 1, previous: (2, 1));
        Assert.Equal(new LogIndex(1), N2.Expects<AppendRejected>().ConflictIndex);
    }
}

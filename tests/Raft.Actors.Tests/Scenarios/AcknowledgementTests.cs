using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// What a follower promises to its leader, and when (Raft §5.3; Figure 2: stable storage before responding).
/// </summary>
public sealed class AcknowledgementTests : RaftScenario
{
    /// <summary>A leader commits by it: an acknowledged entry must survive a crash.</summary>
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

    /// <summary>The same append again is the same promise: what is in memory is not on disk.</summary>
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

    /// <summary>A slow disk must not look like a dead follower; but it promises only what it has.</summary>
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

    /// <summary>§8: the leader counts replies to a read round, whatever they say.</summary>
    [Fact]
    public void Every_answer_carries_the_round_of_its_question()
    {
        Node();
        N2.Heartbeats(term: 1, round: 3);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1)], round: 4);
        N2.Heartbeats(term: 1, previous: (8, 1), round: 5);
        Assert.Equal(3, N2.Expects<AppendAccepted>().Round);
        Assert.Equal(4, N2.Expects<AppendAccepted>().Round);
        Assert.Equal(5, N2.Expects<AppendRejected>().Round);
    }

    /// <summary>Group commit: one sync for all that came while the disk was busy.</summary>
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

    /// <summary>Everything has a limit, an event too.</summary>
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

    /// <summary>A follower may apply what it has not on disk: a majority has it.</summary>
    [Fact]
    public void A_committed_entry_is_applied_without_waiting_for_the_disk()
    {
        Node(term: 1);
        Disk.Hold();
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a")], commit: 1);
        Assert.Equal(["1:a"], Applied);
        N2.ExpectsNothing();
    }

    /// <summary>Figure 2, the other way round: what no disk has was promised to nobody.</summary>
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

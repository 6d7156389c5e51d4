using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Writing and deleting for a snapshot delays no client (Raft §7; hazard 29).</summary>
public sealed class SnapshotPaceTests : RaftScenario
{
    private const string Small = "raft.snapshot-keep-entries = 0\nraft.snapshot-chunk-bytes = 16";
    private const string OnePart = "raft.snapshot-keep-entries = 0";

    [Fact]
    public void A_command_that_comes_while_a_part_of_a_snapshot_is_written_is_appended_when_that_write_ends()
    {
        EstablishedLeader(Terms(1, 1, 1), settings: Small);
        BeginSnapshot();
        Client.Proposes("x");
        N2.ExpectsNothing();

        DiskDoesOneWrite();

        N2.ExpectsAppend(previous: 4, 5);
    }

    [Fact]
    public void A_command_that_waited_for_a_transfer_that_was_given_up_is_appended_when_the_part_is_written()
    {
        EstablishedLeader(Terms(1, 1, 1), settings: Small);
        N3.Sends(new TransferLeadership(N2.Id));
        Client.Proposes("x");
        BeginSnapshot();
        Advance(TimeSpan.FromSeconds(1));
        N2.TakeAll();

        DiskDoesOneWrite();

        N2.ExpectsAppend(previous: 4, 5);
    }

    [Fact]
    public void What_waits_to_be_written_comes_before_what_is_to_be_deleted()
    {
        EstablishedLeader(Terms(1, 1, 1), settings: OnePart);
        BeginSnapshot();
        DiskDoesOneWrite();
        Client.Proposes("x");

        DiskDoesOneWrite();

        Assert.Equal((1, 0L), (Disk.Held, Disk.Deleted));
        Assert.IsType<SnapshotSaved>(Disk.Events[^1]);
        DiskDoesOneWrite();
        Assert.IsType<SnapshotPartSaved>(Disk.Events[0]);
    }

    /// <summary>Otherwise the journal of a busy node would grow without limit.</summary>
    [Fact]
    public void When_as_many_events_are_written_as_one_deletion_takes_that_one_comes_first()
    {
        var term = EstablishedLeader(settings: $"{OnePart}\nraft.max-append-entries = 1");
        Client.Proposes(Commands(600));
        N2.Accepts(term, match: 601);
        BeginSnapshot();
        DiskDoesOneWrite();
        Client.Proposes(Commands(300));
        DiskDoesOneWrite();
        Client.Proposes("x");
        Assert.Equal(0, Disk.Deleted);

        DiskDoesOneWrite();

        Assert.Equal((1, 300L), (Disk.Held, Disk.Deleted));
        DiskCatchesUp();
        Assert.IsType<SnapshotPartSaved>(Disk.Events[0]);
    }

    /// <summary>A write waits for one deletion, not for all of them.</summary>
    [Fact]
    public void Commands_wait_for_one_deletion_at_the_most()
    {
        var term = EstablishedLeader(settings: $"{OnePart}\nraft.max-append-entries = 1");
        Client.Proposes(Commands(600));
        N2.Accepts(term, match: 601);
        Disk.HoldDeletions();
        N3.Sends(TakeSnapshot.Instance);
        Settle();
        N2.TakeAll();
        var client = NewClient("other");
        var command = client.Proposes("x");
        Settle();
        N2.Accepts(term, match: 602);
        N3.Accepts(term, match: 602);
        client.ExpectsApplied(command, "602:x");

        Disk.DoDeletion();
        Settle();

        Assert.Equal(256, Disk.Deleted);
        Assert.Equal(602, Status().DurableIndex.Value);
    }

    private void BeginSnapshot()
    {
        Settle();
        N2.TakeAll();
        Disk.Hold();
        N3.Sends(TakeSnapshot.Instance);
        Settle();
    }

    private static string[] Commands(int count) => [.. Enumerable.Repeat("c", count)];
}

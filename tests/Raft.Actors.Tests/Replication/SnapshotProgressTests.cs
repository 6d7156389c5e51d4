using Raft.Actors.Protocol;
using Raft.Actors.Replication;
using Xunit;

namespace Raft.Actors.Tests.Replication;

/// <summary>A follower that lacks entries which its leader has compacted (Raft §7).</summary>
public sealed class SnapshotProgressTests
{
    private static readonly LogIndex First = new(11);

    [Fact]
    public void A_follower_is_looked_for_no_further_back_than_the_leaders_first_entry()
    {
        var progress = new Progress(new LogIndex(4), window: 2, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnSent(new LogIndex(5), bytes: 1);

        progress.OnCompacted(First);

        Assert.Equal((ReplicationMode.Probe, First), (progress.Mode, progress.Next));
        Assert.True(progress.CanSend);
    }

    [Fact]
    public void What_was_on_its_way_is_looked_for_again_when_the_leader_drops_it()
    {
        var progress = new Progress(new LogIndex(4), window: 1, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnAccepted(new LogIndex(4), newestRound: 0);
        progress.OnSent(new LogIndex(6), bytes: 1);

        progress.OnCompacted(First);

        Assert.Equal((ReplicationMode.Probe, First, 0), (progress.Mode, progress.Next, progress.Inflight));
    }

    [Fact]
    public void A_follower_that_is_ahead_of_the_leaders_first_entry_is_left_alone()
    {
        var progress = new Progress(new LogIndex(20), window: 2, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.OnAccepted(new LogIndex(20), newestRound: 0);

        progress.OnCompacted(First);

        Assert.Equal((ReplicationMode.Replicate, new LogIndex(21)), (progress.Mode, progress.Next));
    }

    [Fact]
    public void No_entries_are_sent_while_a_snapshot_is()
    {
        var progress = Sending();

        Assert.False(progress.CanSend);
        Assert.False(progress.OnRejected(new LogIndex(10), new LogIndex(3)));
        Assert.Equal((ReplicationMode.Snapshot, First), (progress.Mode, progress.Next));
    }

    [Fact]
    public void It_ends_when_the_follower_has_all_that_the_leader_dropped()
    {
        var progress = Sending();

        progress.OnAccepted(new LogIndex(9), newestRound: 0);
        Assert.Equal(ReplicationMode.Snapshot, progress.Mode);
        progress.OnAccepted(new LogIndex(15), newestRound: 0);

        Assert.Equal((ReplicationMode.Replicate, new LogIndex(16)), (progress.Mode, progress.Next));
        Assert.Null(progress.Transfer);
    }

    [Fact]
    public void A_silent_follower_is_looked_for_at_the_leaders_first_entry()
    {
        var progress = Sending();

        progress.GiveUpSnapshot();

        Assert.Equal((ReplicationMode.Probe, First), (progress.Mode, progress.Next));
        Assert.Null(progress.Transfer);
    }

    [Fact]
    public void A_newer_snapshot_is_sent_from_its_first_byte_on()
    {
        var progress = Sending();
        var older = progress.TransferOf(new LogIndex(15), 100);
        older.OnReceived(new LogIndex(15), older.OnSent(round: 1), 40);

        Assert.Same(older, progress.TransferOf(new LogIndex(15), 100));
        Assert.Equal(0, progress.TransferOf(new LogIndex(18), 100).Offset);
    }

    [Fact]
    public void One_part_is_under_way_at_a_time()
    {
        var transfer = new SnapshotTransfer(new LogIndex(15), 100);

        var part = transfer.OnSent(round: 7);
        Assert.False(transfer.CanSend);
        Assert.True(transfer.OnReceived(new LogIndex(15), part, 40));

        Assert.True(transfer.CanSend);
        Assert.Equal(40, transfer.Offset);
    }

    [Fact]
    public void An_answer_counts_once_and_that_to_an_older_part_not_at_all()
    {
        var transfer = new SnapshotTransfer(new LogIndex(15), 100);
        var first = transfer.OnSent(round: 7);
        transfer.OnReceived(new LogIndex(15), first, 40);

        Assert.False(transfer.OnReceived(new LogIndex(15), first, 40));
        transfer.OnSent(round: 7);
        Assert.False(transfer.OnReceived(new LogIndex(15), first, 0));
        Assert.Equal(40, transfer.Offset);
    }

    [Theory]
    [InlineData(14, 40)]
    [InlineData(15, -1)]
    [InlineData(15, 101)]
    public void An_invalid_answer_changes_nothing(long index, long offset)
    {
        var transfer = new SnapshotTransfer(new LogIndex(15), 100);
        var part = transfer.OnSent(round: 7);

        Assert.False(transfer.OnReceived(new LogIndex(index), part, offset));
        Assert.False(transfer.CanSend);
    }

    [Fact]
    public void A_part_is_lost_when_a_later_round_is_answered()
    {
        var transfer = new SnapshotTransfer(new LogIndex(15), 100);
        transfer.OnSent(round: 7);

        transfer.OnRound(7);
        Assert.False(transfer.CanSend);
        transfer.OnRound(8);
        Assert.True(transfer.CanSend);
    }

    [Fact]
    public void A_follower_that_has_the_whole_snapshot_is_probed_only_with_the_next_round()
    {
        var transfer = new SnapshotTransfer(new LogIndex(15), 100);

        Assert.True(transfer.OnReceived(new LogIndex(15), transfer.OnSent(round: 7), 100));
        Assert.False(transfer.CanSend);
        transfer.OnRound(8);
        Assert.True(transfer.CanSend);
    }

    private static Progress Sending()
    {
        var progress = new Progress(new LogIndex(20), window: 2, windowBytes: long.MaxValue, TimeSpan.Zero);
        progress.BeginSnapshot(First);
        return progress;
    }
}

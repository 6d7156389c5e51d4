using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Storage;

/// <summary>Events that a snapshot replaces are deleted when the disk is idle, and between writes on a busy disk.</summary>
public sealed class JournalDeletionTests
{
    private const int Batch = ReplacedEvents.BatchSize;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    private readonly JournalOwner _owner = new();
    private readonly DurableJournal _journal;
    private int _appended;

    public JournalDeletionTests() => _journal = new DurableJournal(
        _owner, new JournalLimits(MaxAppendEntries: 1, MaxAppendBytes: 1, MaxPendingBytes: 100, Stall, TimeSpan.FromSeconds(30)));

    [Fact]
    public void What_is_replaced_goes_in_batches_when_nothing_is_to_be_written()
    {
        _journal.DeleteTo(Batch + 10);
        _journal.Flush();
        Assert.Equal([Batch], _owner.Deletions);
        Assert.True(_journal.IsDeleting);

        _journal.OnDeleted(Batch);
        Assert.Equal([Batch, Batch + 10], _owner.Deletions);

        _journal.OnDeleted(Batch + 10);
        Assert.False(_journal.IsDeleting);
        Assert.Equal(2, _owner.Deletions.Count);
    }

    [Fact]
    public void Behind_events_that_recovery_found_deleted_the_next_ones_go()
    {
        _journal.OnRecovered(LogIndex.Zero, deletedTo: 1000, replacedTo: 1000 + (2 * Batch));
        _journal.Flush();

        Assert.Equal([1000 + Batch], _owner.Deletions);
    }

    [Fact]
    public void A_write_comes_first()
    {
        _journal.DeleteTo(10);
        Append(1);
        _journal.Flush();

        Assert.Single(_owner.Writes);
        Assert.Empty(_owner.Deletions);

        _owner.FinishWrite();
        Assert.Equal([10], _owner.Deletions);
    }

    [Fact]
    public void A_busy_node_deletes_one_event_for_each_that_it_writes()
    {
        _journal.DeleteTo(100 * Batch);
        Append(2 * Batch);
        _journal.Flush();
        Append(1);

        _owner.FinishWrite();
        Assert.Equal([2 * Batch], _owner.Deletions);
        Assert.Single(_owner.Writes);

        _journal.OnDeleted(2 * Batch);
        Assert.Equal(2, _owner.Writes.Count);
    }

    [Fact]
    public void While_a_deletion_is_under_way_the_role_may_append_and_nothing_is_written()
    {
        _owner.Gather = () => Append(_appended == 0 ? 1 : 0);
        _owner.AddPart = () => Assert.False(_journal.IsDeleting);
        _journal.DeleteTo(10);
        _journal.Flush();
        Assert.Single(_owner.Writes);
        _owner.FinishWrite();
        _appended = 0;

        _journal.Flush();
        Assert.Equal(1, _appended);
        Assert.Single(_owner.Writes);

        _journal.OnDeleted(10);
        Assert.Equal(2, _owner.Writes.Count);
    }

    /// <summary>The other nodes commit entries meanwhile, but what waits in memory has a limit.</summary>
    [Fact]
    public void A_deletion_holds_up_the_role_when_too_much_waits_for_it_and_stalls_the_disk_after_a_while()
    {
        var asked = 0;
        _journal.DeleteTo(10);
        _journal.Flush();
        _owner.Now += 2 * Stall;
        Assert.False(_journal.IsStalled);

        Append(20);
        _owner.Gather = () => asked++;
        _journal.Flush();
        Assert.Equal(0, asked);
        Assert.True(_journal.IsStalled);

        _journal.OnDeleted(10);
        Assert.Equal(1, asked);
        Assert.False(_journal.IsStalled);
        Assert.Single(_owner.Writes);
    }

    [Fact]
    public void A_deletion_that_failed_is_tried_again_with_the_next_snapshot_only()
    {
        _journal.DeleteTo(10);
        _journal.Flush();
        _journal.OnDeleteFailed();
        _journal.Flush();
        Assert.Equal([10], _owner.Deletions);
        Assert.False(_journal.IsDeleting);

        _journal.DeleteTo(20);
        _journal.Flush();
        Assert.Equal([10, 20], _owner.Deletions);
    }

    [Fact]
    public void A_deletion_that_is_never_answered_is_noticed()
    {
        _journal.DeleteTo(10);
        _journal.Flush();

        Assert.Throws<TimeoutException>(() => _journal.OnDeadline(Assert.Single(_owner.Deadlines)));
    }

    private void Append(int count)
    {
        for (var i = 0; i < count; i++)
            _journal.Append(new EntriesAppended([Logs.Entry(++_appended, 1)]));
    }
}

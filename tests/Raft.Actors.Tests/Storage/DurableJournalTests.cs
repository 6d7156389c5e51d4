using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Storage;

public sealed class DurableJournalTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TermStarted Term2 = new(new Term(2), null);
    private static readonly TermStarted Term3 = new(new Term(3), null);

    private readonly JournalOwner _owner = new();
    private readonly DurableJournal _journal;
    private readonly List<string> _done = [];

    public DurableJournalTests() => _journal = new DurableJournal(
        _owner, new JournalLimits(MaxAppendEntries: 100, MaxAppendBytes: 10_000, MaxPendingBytes: 100, Stall, Timeout));

    [Fact]
    public void What_waits_for_durability_is_done_in_its_order_when_its_write_is_done()
    {
        Append(1, 1);
        _journal.WhenDurable(() => _done.Add("first"));
        _journal.WhenDurable(() => _done.Add("second"));
        _journal.Flush();
        Append(2, 1);
        _journal.WhenDurable(() => _done.Add("third"));
        Assert.Empty(_done);

        _owner.FinishWrite();
        Assert.Equal(["first", "second"], _done);

        _owner.FinishWrite();
        Assert.Equal(["first", "second", "third"], _done);
    }

    [Fact]
    public void What_rests_on_nothing_unwritten_is_done_at_once()
    {
        _journal.WhenDurable(() => _done.Add("at the start"));
        Append(1, 1);
        Write();
        _journal.WhenDurable(() => _done.Add("after a write"));

        Assert.Equal(["at the start", "after a write"], _done);
    }

    [Fact]
    public void What_rests_on_the_term_alone_does_not_wait_for_entries()
    {
        _journal.Append(Term2);
        Write();
        Append(1, 2);
        _journal.WhenDurable(() => _done.Add("entries"));
        _journal.WhenTermDurable(() => _done.Add("term"));

        Assert.Equal(["term"], _done);
    }

    [Fact]
    public void What_rests_on_a_term_that_is_not_durable_keeps_its_place_among_the_others()
    {
        Append(1, 1);
        _journal.Append(Term2);
        _journal.WhenDurable(() => _done.Add("entries"));
        _journal.WhenTermDurable(() => _done.Add("term"));
        _journal.Flush();
        Assert.Empty(_done);

        _owner.FinishWrite();
        Assert.Equal(["entries", "term"], _done);
    }

    /// <summary>
    /// A receiver of an RPC takes the cluster as bootstrapped, and the sender as the incarnation that it names.
    /// </summary>
    [Fact]
    public void What_rests_on_the_term_rests_on_the_cluster_and_the_incarnation_too()
    {
        var formed = new ClusterFormed(new ClusterId("c"), new GroupId("g"), new NodeId("n1"), [new NodeId("n1")]);
        _journal.Append(formed);
        _journal.WhenTermDurable(() => _done.Add("formed"));
        Assert.Empty(_done);
        Write();

        _journal.Append(new ReadmissionSought(formed, new Incarnation(new NodeId("n1"), 7)));
        _journal.WhenTermDurable(() => _done.Add("sought"));
        Assert.Equal(["formed"], _done);
    }

    [Fact]
    public void Changes_that_come_while_a_write_is_under_way_become_the_next_write()
    {
        Append(1, 1);
        _journal.Flush();
        Append(2, 1);
        _journal.Flush();
        _journal.Append(Term3);
        _journal.Flush();
        Assert.Equal(3, _journal.Unwritten);
        Assert.Single(_owner.Writes);

        _owner.FinishWrite();
        Assert.Equal(2, _journal.Unwritten);
        Assert.Equal(["EntriesAppended", "TermStarted"], _owner.Writes[1].Select(e => e.GetType().Name));

        _owner.FinishWrite();
        Assert.Equal(0, _journal.Unwritten);
        Assert.False(_journal.IsWriting);
        Assert.Equal([true, false], _owner.Ended);
    }

    [Fact]
    public void An_action_may_append_and_what_it_appends_is_written_next()
    {
        Append(1, 1);
        _journal.WhenDurable(() => Append(2, 1));
        Write();

        Assert.Equal(2, _owner.Writes.Count);
        Assert.True(_journal.IsWriting);
    }

    [Fact]
    public void The_durable_index_is_where_the_log_ended_when_the_write_began()
    {
        Append(1, 1, 1);
        _journal.Flush();
        Append(3, 1);
        Assert.Equal(LogIndex.Zero, _journal.DurableIndex);

        _owner.FinishWrite();
        Assert.Equal(new LogIndex(2), _journal.DurableIndex);

        _owner.FinishWrite();
        Assert.Equal(new LogIndex(3), _journal.DurableIndex);
        Assert.Equal(2, _journal.DurableSequenceNr);
    }

    /// <summary>The ABA problem of asynchronous storage: entries with the same indexes as those in the write under way.</summary>
    [Fact]
    public void Entries_that_replace_those_of_a_write_under_way_are_not_durable_with_it()
    {
        Append(1, 1, 1, 1);
        _journal.Flush();
        Truncate(2);
        Append(2, 2, 2);

        _owner.FinishWrite();
        Assert.Equal(LogIndex.Zero, _journal.DurableIndex);

        _owner.FinishWrite();
        Assert.Equal(new LogIndex(3), _journal.DurableIndex);
    }

    [Fact]
    public void A_truncation_takes_the_durable_index_back_at_once()
    {
        Append(1, 1, 1, 1);
        Write();
        Truncate(2);

        Assert.Equal(new LogIndex(1), _journal.DurableIndex);
    }

    [Fact]
    public void A_log_that_a_snapshot_replaces_is_durable_to_its_new_end_when_the_snapshot_is()
    {
        Append(1, 1, 1, 1);
        Write();
        _journal.ForgetAfter(new LogIndex(1));
        Assert.Equal(new LogIndex(1), _journal.DurableIndex);

        _journal.Append(Saved(last: 9, kept: []));
        Write();
        Assert.Equal(new LogIndex(9), _journal.DurableIndex);
    }

    [Fact]
    public void A_snapshot_that_keeps_entries_takes_nothing_back()
    {
        Append(1, 1, 1, 1);
        Write();
        _journal.Append(Saved(last: 1, Logs.Entries(after: 1, 1, 1)));
        Assert.Equal(new LogIndex(3), _journal.DurableIndex);

        Write();
        Assert.Equal(new LogIndex(3), _journal.DurableIndex);
    }

    [Fact]
    public void What_recovery_read_is_durable()
    {
        _owner.LastSequenceNr = 12;
        _journal.OnRecovered(new LogIndex(5), deletedTo: 0, replacedTo: 0);

        Assert.Equal((new LogIndex(5), 12), (_journal.DurableIndex, _journal.DurableSequenceNr));
        _journal.WhenDurable(() => _done.Add("at once"));
        Assert.Single(_done);
    }

    [Fact]
    public void The_role_appends_its_batch_before_a_write_and_not_while_one_is_under_way()
    {
        var asked = 0;
        _owner.Gather = () => Append(++asked, 1);
        _journal.Flush();
        _journal.Flush();
        Assert.Equal(1, asked);

        _owner.FinishWrite();
        Assert.Equal(2, asked);
        Assert.Equal(2, _owner.Writes.Count);
    }

    [Fact]
    public void A_disk_is_stalled_when_a_write_has_taken_too_long()
    {
        _owner.Now = TimeSpan.FromSeconds(100);
        Assert.False(_journal.IsStalled);
        Append(1, 1);
        _journal.Flush();
        _owner.Now += Stall - TimeSpan.FromTicks(1);
        Assert.False(_journal.IsStalled);

        _owner.Now += TimeSpan.FromTicks(1);
        Assert.True(_journal.IsStalled);

        _owner.FinishWrite();
        Assert.False(_journal.IsStalled);
    }

    [Fact]
    public void A_journal_that_has_not_answered_since_the_timer_began_is_dead()
    {
        Append(1, 1);
        _journal.Flush();

        Assert.Throws<TimeoutException>(() => _journal.OnDeadline(Assert.Single(_owner.Deadlines)));
    }

    [Fact]
    public void A_journal_that_was_called_again_gets_another_timer_and_one_at_rest_gets_none()
    {
        Append(1, 1);
        Write();
        Append(2, 1);
        _journal.Flush();
        var first = Assert.Single(_owner.Deadlines);
        _journal.OnDeadline(first);
        Assert.Equal(2, _owner.Deadlines.Count);

        _owner.FinishWrite();
        _journal.OnDeadline(_owner.Deadlines[1]);
        Assert.Equal(2, _owner.Deadlines.Count);

        Append(3, 1);
        _journal.Flush();
        Assert.Equal(3, _owner.Deadlines.Count);
    }

    private static SnapshotSaved Saved(long last, IReadOnlyList<LogEntry> kept) => new(
        new ClusterFormed(new ClusterId("c"), new GroupId("g"), new NodeId("n1"), [new NodeId("n1")]),
        Self: null,
        new Term(1),
        VotedFor: null,
        new LogPoint(new LogIndex(last), new Term(1), TimeSpan.Zero),
        Bytes: 1,
        new LogPoint(new LogIndex(last), new Term(1), TimeSpan.Zero),
        kept);

    private void Append(long first, params long[] terms) => _journal.Append(new EntriesAppended(Logs.Entries(first - 1, terms)));

    private void Truncate(long from) => _journal.Append(new LogTruncated(new LogIndex(from)));

    private void Write()
    {
        _journal.Flush();
        _owner.FinishWrite();
    }
}

using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Log;

/// <summary>A log whose first entries a snapshot replaced (Raft §7), at the border and on both sides of it.</summary>
public sealed class CompactedLogTests
{
    /// <summary>Entries 5 to 8 of the terms 3, 3, 4, 6; a snapshot replaces 1 to 4, of the terms 1, 1, 2, 3.</summary>
    private static RaftLog Compacted()
    {
        var log = Logs.Of(1, 1, 2, 3, 3, 3, 4, 6);
        log.Compact(new LogIndex(4));
        return log;
    }

    [Fact]
    public void It_keeps_what_follows_and_remembers_the_last_entry_that_is_replaced()
    {
        var log = Compacted();

        Assert.Equal(new LogPoint(new LogIndex(4), new Term(3), TimeSpan.Zero), log.Start);
        Assert.Equal((5, 8), (log.FirstIndex.Value, log.LastIndex.Value));
        Assert.Equal(Logs.Entries(after: 4, 3, 3, 4, 6), log.Range(log.FirstIndex, log.LastIndex));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, 3L)]
    [InlineData(5, 3L)]
    [InlineData(8, 6L)]
    [InlineData(9, null)]
    public void Terms_are_known_from_the_border_on(long index, long? term) =>
        Assert.Equal(term, Compacted().TermAt(new LogIndex(index))?.Value);

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void An_entry_outside_is_not_there(long index)
    {
        var log = Compacted();

        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => log[new LogIndex(index)]);
        Assert.Contains($"entries 5 to 8; {index} was requested", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 9, true)]
    [InlineData(4, 3, true)]
    [InlineData(4, 2, false)]
    [InlineData(5, 3, true)]
    [InlineData(8, 5, false)]
    [InlineData(9, 6, false)]
    public void What_is_replaced_fits_every_leader_and_the_rest_is_compared(long index, long term, bool fits) =>
        Assert.Equal(fits, Compacted().Fits(new LogIndex(index), new Term(term)));

    [Fact]
    public void Entries_that_are_replaced_are_skipped_and_those_that_are_missing_taken()
    {
        var difference = Compacted().Compare(Logs.Entries(after: 2, 2, 3, 3, 3, 4, 6, 6));

        Assert.Null(difference.TruncateFrom);
        Assert.Equal(Logs.Entries(after: 8, 6), difference.Missing);
    }

    [Fact]
    public void A_contradiction_at_the_border_is_seen()
    {
        var difference = Compacted().Compare(Logs.Entries(after: 2, 2, 2, 3));

        Assert.Equal(new LogIndex(4), difference.TruncateFrom);
    }

    [Theory]
    [InlineData(9, null, 9)]
    [InlineData(8, 6L, 8)]
    [InlineData(6, 3L, 5)]
    [InlineData(4, 3L, 4)]
    public void A_conflict_is_searched_for_no_further_than_the_border(long rejected, long? term, long index)
    {
        var conflict = Compacted().ConflictAt(new LogIndex(rejected));

        Assert.Equal((term, index), (conflict.Term?.Value, conflict.Index.Value));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, 6L)]
    [InlineData(4, 7L)]
    [InlineData(5, null)]
    [InlineData(6, 8L)]
    public void The_last_entry_of_a_term_is_found_where_it_is_known(long term, long? index) =>
        Assert.Equal(index, Compacted().LastIndexOf(new Term(term))?.Value);

    [Fact]
    public void The_border_itself_may_be_the_last_entry_of_its_term()
    {
        var log = Compacted();
        log.TruncateFrom(new LogIndex(5));

        Assert.Equal(new LogIndex(4), log.LastIndexOf(new Term(3)));
        Assert.Equal((4, 3), (log.LastIndex.Value, log.LastTerm.Value));
    }

    [Fact]
    public void It_grows_after_the_border_in_index_and_term()
    {
        var log = Compacted();
        log.TruncateFrom(new LogIndex(5));

        Assert.Throws<InvalidOperationException>(() => log.Append(Logs.Entries(after: 5, 6)));
        Assert.Throws<InvalidOperationException>(() => log.Append(Logs.Entries(after: 4, 2)));
        log.Append(Logs.Entries(after: 4, 6));
        Assert.Equal((5, 6), (log.LastIndex.Value, log.LastTerm.Value));
    }

    [Fact]
    public void The_clock_goes_on_where_nothing_is_left()
    {
        var log = new RaftLog();
        log.Append([Logs.Entry(1, 1) with { Time = TimeSpan.FromSeconds(9) }]);
        log.Compact(new LogIndex(1));

        Assert.Equal(TimeSpan.FromSeconds(9), log.LastTime);
        log.Compact(new LogIndex(1));
        Assert.Equal(TimeSpan.FromSeconds(9), log.Start.Time);
    }

    [Fact]
    public void Only_what_is_there_can_be_dropped()
    {
        var log = Compacted();

        Assert.Throws<ArgumentOutOfRangeException>(() => log.Compact(new LogIndex(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Compact(new LogIndex(9)));
        log.Compact(new LogIndex(8));
        Assert.Equal((8, 9), (log.LastIndex.Value, log.FirstIndex.Value));
    }

    [Fact]
    public void It_starts_over_behind_a_foreign_snapshot()
    {
        var log = Compacted();
        var start = new LogPoint(new LogIndex(20), new Term(7), TimeSpan.FromSeconds(1));

        log.Restart(start);

        Assert.Equal((start, 20, 7), (log.Start, log.LastIndex.Value, log.LastTerm.Value));
        Assert.True(log.IsNoNewerThan(new LogIndex(20), new Term(7)));
        Assert.False(log.IsNoNewerThan(new LogIndex(19), new Term(7)));
    }

    [Theory]
    [InlineData(7, 100, 1000, 4)]
    [InlineData(7, 2, 1000, 5)]
    [InlineData(7, 0, 1000, 7)]
    [InlineData(7, 100, 0, 7)]
    [InlineData(7, 100, 90, 5)]
    [InlineData(4, 100, 1000, 4)]
    public void A_tail_fits_both_limits_and_ends_at_the_border(long last, int entries, long bytes, long before) =>
        Assert.Equal(before, Compacted().BeforeTail(new LogIndex(last), entries, bytes).Value);
}

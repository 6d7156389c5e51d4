using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Log;

public sealed class RaftLogTests
{
    [Fact]
    public void A_range_has_both_its_ends_and_is_empty_where_they_cross()
    {
        var log = Logs.Of([1, 1, 2, 3]);

        Assert.Equal([2L, 3L], log.Range(new LogIndex(2), new LogIndex(3)).Select(e => e.Index.Value));
        Assert.Empty(log.Range(new LogIndex(3), new LogIndex(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Range(new LogIndex(4), new LogIndex(5)));
    }

    [Fact]
    public void An_empty_log_ends_at_index_0_of_term_0_so_that_every_candidate_is_up_to_date()
    {
        var log = new RaftLog();

        Assert.Equal(LogIndex.Zero, log.LastIndex);
        Assert.Equal(Term.Zero, log.LastTerm);
        Assert.True(log.Contains(LogIndex.Zero, Term.Zero));
        Assert.True(log.IsNoNewerThan(LogIndex.Zero, Term.Zero));
        Assert.Empty(log.Slice(new LogIndex(1), 10, 1000));
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(3, 2)]
    [InlineData(1, 2)]
    [InlineData(0, 2)]
    [InlineData(4, 1)]
    public void An_entry_that_does_not_follow_the_last_one_is_the_callers_defect(long index, long term)
    {
        var log = Logs.Of(1, 1, 2);

        var defect = Assert.Throws<InvalidOperationException>(() => log.Append([Logs.Entry(index, term)]));

        Assert.Contains($"Entry {index} of term {term}", defect.Message, StringComparison.Ordinal);
        Assert.Contains("entry 3 of term 2", defect.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 2], Logs.TermsOf(log));
    }

    [Fact]
    public void A_gap_inside_a_batch_is_noticed_too() =>
        Assert.Throws<InvalidOperationException>(() => Logs.Of().Append([Logs.Entry(1, 1), Logs.Entry(3, 1)]));

    [Fact]
    public void The_term_before_the_first_entry_is_0_and_after_the_last_there_is_none()
    {
        var log = Logs.Of(3, 5);

        Assert.Equal(Term.Zero, log.TermAt(LogIndex.Zero));
        Assert.Equal(new Term(3), log.TermAt(new LogIndex(1)));
        Assert.Equal(new Term(5), log.TermAt(new LogIndex(2)));
        Assert.Null(log.TermAt(new LogIndex(3)));
        Assert.Null(log.TermAt(new LogIndex(-1)));
        Assert.Null(log.TermAt(LogIndex.Limit));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Reading_or_removing_an_entry_that_is_not_there_throws(long index)
    {
        var log = Logs.Of(1, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => log[new LogIndex(index)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.TruncateFrom(new LogIndex(index)));
        Assert.Equal([1, 1], Logs.TermsOf(log));
    }

    [Fact]
    public void Truncation_removes_the_named_entry_and_all_after_it()
    {
        var log = Logs.Of(1, 1, 2, 2);

        log.TruncateFrom(new LogIndex(3));
        log.Append(Logs.Entries(after: 2, 4));

        Assert.Equal([1, 1, 4], Logs.TermsOf(log));
        Assert.Equal(new Term(4), log.LastTerm);
    }

    [Fact]
    public void A_slice_keeps_both_limits_but_never_starves_on_one_large_entry()
    {
        var log = Logs.Of(1, 1, 1, 1);
        var bytes = log[new LogIndex(1)].EncodedBytes;

        Assert.Equal(2, log.Slice(new LogIndex(1), 2, int.MaxValue).Count);
        Assert.Equal(3, log.Slice(new LogIndex(1), 10, 3 * bytes).Count);
        Assert.Equal(2, log.Slice(new LogIndex(1), 10, (3 * bytes) - 1).Count);
        Assert.Equal(new LogIndex(2), Assert.Single(log.Slice(new LogIndex(2), 10, maxBytes: 1)).Index);
    }

    [Fact]
    public void The_newest_entries_are_sliced_as_the_batch_that_they_were_appended_as()
    {
        var log = Logs.Of(1, 1);
        var batch = new EntryBatch(Logs.Entries(after: 2, 1, 1));
        log.Append(batch);

        Assert.Same(batch, log.Slice(new LogIndex(3), 2, int.MaxValue));
        Assert.Equal(3, log.Slice(new LogIndex(2), 10, int.MaxValue).Count);
        Assert.Single(log.Slice(new LogIndex(3), 1, int.MaxValue));
        Assert.Single(log.Slice(new LogIndex(3), 2, maxBytes: 1));
    }

    [Fact]
    public void A_batch_of_which_entries_were_removed_or_replaced_is_sliced_no_more()
    {
        var log = Logs.Of(1, 1);
        log.Append(new EntryBatch(Logs.Entries(after: 2, 1, 1)));

        log.TruncateFrom(new LogIndex(4));
        log.Append(Logs.Entries(after: 3, 2));

        Assert.Equal([1L, 2], log.Slice(new LogIndex(3), 10, int.MaxValue).Select(e => e.Term.Value));
    }

    [Fact]
    public void A_slice_stays_as_it_was_when_the_log_changes_later()
    {
        var log = Logs.Of(1, 1, 1);
        var slice = log.Slice(new LogIndex(2), 10, int.MaxValue);

        log.TruncateFrom(new LogIndex(2));
        log.Append(Logs.Entries(after: 1, 9));

        Assert.Equal(Logs.Entries(after: 1, 1, 1), slice);
    }

    /// <summary>Hazard 6: an AND of both comparisons gets the middle rows wrong.</summary>
    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, true)]
    [InlineData(2, 2, false)]
    [InlineData(1, 3, true)]
    [InlineData(9, 1, false)]
    [InlineData(0, 0, false)]
    public void The_later_last_term_is_more_up_to_date_whatever_the_length_and_else_the_longer_log__5_4_1(
        long lastIndex, long lastTerm, bool mayHaveTheVote) =>
        Assert.Equal(mayHaveTheVote, Logs.Of(1, 1, 2).IsNoNewerThan(new LogIndex(lastIndex), new Term(lastTerm)));

    /// <summary>Hazard 9.</summary>
    [Fact]
    public void A_delayed_AppendEntries_with_fewer_entries_changes_nothing__5_3()
    {
        var log = Logs.Of(1, 1, 2, 2);

        Assert.Equal(LogDifference.None, log.Compare(Logs.Entries(after: 1, 1, 2)));
        Assert.Equal(LogDifference.None, log.Compare([]));
    }

    [Fact]
    public void Entries_beyond_the_end_are_missing_and_truncate_nothing__5_3()
    {
        var difference = Logs.Of(1, 1).Compare(Logs.Entries(after: 1, 1, 2, 2));

        Assert.Null(difference.TruncateFrom);
        Assert.Equal(Logs.Entries(after: 2, 2, 2), difference.Missing);
    }

    [Fact]
    public void A_contradiction_truncates_from_the_first_contradicted_entry_on__5_3()
    {
        var difference = Logs.Of(1, 1, 2, 2).Compare(Logs.Entries(after: 1, 1, 3));

        Assert.Equal(new LogIndex(3), difference.TruncateFrom);
        Assert.Equal(Logs.Entries(after: 2, 3), difference.Missing);
    }

    [Fact]
    public void A_short_log_hints_at_its_end_and_a_conflicting_one_at_the_start_of_its_term__5_3()
    {
        var log = Logs.Of(1, 1, 4, 4, 4);

        Assert.Equal(new LogConflict(null, new LogIndex(6)), log.ConflictAt(new LogIndex(6)));
        Assert.Equal(new LogConflict(null, new LogIndex(6)), log.ConflictAt(new LogIndex(99)));
        Assert.Equal(new LogConflict(new Term(4), new LogIndex(3)), log.ConflictAt(new LogIndex(5)));
        Assert.Equal(new LogConflict(new Term(1), new LogIndex(1)), log.ConflictAt(new LogIndex(2)));
    }

    [Fact]
    public void The_last_index_of_a_term_is_found_and_a_term_that_is_missing_has_none()
    {
        var log = Logs.Of(1, 1, 4, 4, 4, 6);

        Assert.Equal(new LogIndex(2), log.LastIndexOf(new Term(1)));
        Assert.Equal(new LogIndex(5), log.LastIndexOf(new Term(4)));
        Assert.Equal(new LogIndex(6), log.LastIndexOf(new Term(6)));
        Assert.All([-1L, 0, 2, 5, 7, long.MaxValue], term => Assert.Null(log.LastIndexOf(new Term(term))));
    }
}

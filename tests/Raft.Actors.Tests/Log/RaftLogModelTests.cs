using CsCheck;
using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Log;

/// <summary>The log's searches against a linear search.</summary>
public sealed class RaftLogModelTests
{
    private static readonly Gen<(long[] Terms, long Index)> GenTermsAndIndex =
        Gen.Select(Logs.GenTerms, Gen.Long[-1, 15]);

    [Fact]
    public void TermAt_agrees_with_a_walk_over_the_entries() =>
        GenTermsAndIndex.Sample((terms, index) =>
        {
            Term? expected = index == 0 ? Term.Zero
                : index < 0 || index > terms.Length ? null
                : new Term(terms[index - 1]);
            Assert.Equal(expected, Logs.Of(terms).TermAt(new LogIndex(index)));
        });

    [Fact]
    public void ConflictAt_agrees_with_a_walk_over_the_entries() =>
        GenTermsAndIndex.Where((_, index) => index > 0).Sample((terms, index) =>
        {
            var expected = index > terms.Length
                ? new LogConflict(null, new LogIndex(terms.Length + 1))
                : new LogConflict(new Term(terms[index - 1]), new LogIndex(Array.IndexOf(terms, terms[index - 1]) + 1));
            Assert.Equal(expected, Logs.Of(terms).ConflictAt(new LogIndex(index)));
        });

    [Fact]
    public void LastIndexOf_agrees_with_a_walk_over_the_entries() =>
        Gen.Select(Logs.GenTerms, Gen.Long[-1, 30]).Sample((terms, term) =>
        {
            var last = Array.LastIndexOf(terms, term);
            Assert.Equal(last < 0 ? null : new LogIndex(last + 1), Logs.Of(terms).LastIndexOf(new Term(term)));
        });

    [Fact]
    public void A_slice_is_the_longest_run_within_both_limits_and_at_least_one_entry() =>
        Gen.Select(Logs.GenTerms, Gen.Int[1, 14], Gen.Int[1, 5], Gen.Int[0, 250]).Sample((terms, from, maxEntries, maxBytes) =>
        {
            var all = Logs.Entries(after: 0, terms);
            var rest = all.Skip(from - 1).ToArray();
            var fitting = Enumerable.Range(0, rest.Length + 1)
                .Last(n => n <= maxEntries && rest.Take(n).Sum(e => e.EncodedBytes) <= maxBytes);
            var expected = rest.Take(Math.Max(1, fitting));

            Assert.Equal(expected, Logs.Of(terms).Slice(new LogIndex(from), maxEntries, maxBytes));
        });

    [Fact]
    public void The_up_to_date_check_orders_logs_by_term_and_then_by_length__5_4_1() =>
        Gen.Select(Logs.GenTerms, Logs.GenTerms).Sample((voter, candidate) =>
        {
            var isNoNewer = Logs.Of(voter).IsNoNewerThan(new LogIndex(candidate.Length), new Term(candidate.LastOrDefault()));
            var ordered = (candidate.LastOrDefault(), candidate.Length).CompareTo((voter.LastOrDefault(), voter.Length));
            Assert.Equal(ordered >= 0, isNoNewer);
        });

    [Fact]
    public void Of_two_logs_at_least_one_may_have_the_others_vote_so_that_some_leader_can_be_elected__5_4_1() =>
        Gen.Select(Logs.GenTerms, Logs.GenTerms).Sample((a, b) =>
        {
            var (left, right) = (Logs.Of(a), Logs.Of(b));
            Assert.True(
                left.IsNoNewerThan(right.LastIndex, right.LastTerm) || right.IsNoNewerThan(left.LastIndex, left.LastTerm));
        });

    [Fact]
    public void Appending_in_batches_and_one_by_one_makes_the_same_log() =>
        Gen.Select(Logs.GenTerms, Gen.Int[0, 12]).Sample((terms, cut) =>
        {
            var at = Math.Min(cut, terms.Length);
            var log = Logs.Of(terms[..at]);
            log.Append(Logs.Entries(after: at, terms[at..]));

            Assert.Equal(Logs.EntriesOf(Logs.Of(terms)), Logs.EntriesOf(log));
            Assert.Equal(new LogIndex(terms.Length), log.LastIndex);
            Assert.Equal(new Term(terms.LastOrDefault()), log.LastTerm);
        });
}

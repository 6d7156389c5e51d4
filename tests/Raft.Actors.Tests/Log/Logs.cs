using System.Text;
using CsCheck;
using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Log;

/// <summary>
/// Logs as in the paper's figures: the term of each entry, from index 1 on. The command consists of index and term, so that two
/// entries are equal exactly if Log Matching (Raft §5.3, Figure 3) demands it.
/// </summary>
internal static class Logs
{
    /// <summary>Terms that never decrease, as in every Raft log.</summary>
    public static readonly Gen<long[]> GenTerms = Gen.Long[0, 2].Array[0, 12].Select(steps =>
    {
        var term = 1L;
        return steps.Select(step => term += step).ToArray();
    });

    public static LogEntry Entry(long index, long term) => new(
        new LogIndex(index), new Term(term), EntryKind.Command, Encoding.UTF8.GetBytes($"{index}@{term}"));

    /// <summary>Entries that follow index <paramref name="after"/>.</summary>
    public static LogEntry[] Entries(long after, params IEnumerable<long> terms) =>
        [.. terms.Select((term, i) => Entry(after + i + 1, term))];

    public static RaftLog Of(params IEnumerable<long> terms)
    {
        var log = new RaftLog();
        log.Append(Entries(after: 0, terms));
        return log;
    }

    public static LogEntry[] EntriesOf(RaftLog log) =>
        [.. log.Slice(new LogIndex(1), int.MaxValue, int.MaxValue)];

    public static long[] TermsOf(RaftLog log) => [.. EntriesOf(log).Select(e => e.Term.Value)];
}

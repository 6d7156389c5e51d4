using CsCheck;
using Raft.Actors.Events;
using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Storage;

public sealed class JournalBufferTests
{
    private static readonly TermStarted Term2 = new(new Term(2), null);
    private static readonly TermStarted Term2Voted = new(new Term(2), new NodeId("n2"));
    private static readonly TermStarted Term3 = new(new Term(3), new NodeId("n1"));

    [Fact]
    public void Entries_that_follow_each_other_become_one_event()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);

        buffer.Add(Appended(1, 1, 1));
        buffer.Add(Appended(3, 1));
        buffer.Add(Appended(4, 2, 2));

        var joined = Assert.IsType<EntriesAppended>(Assert.Single(buffer.Drain(LogIndex.Zero)));
        Assert.Equal(Logs.Entries(after: 0, 1, 1, 1, 2, 2), joined.Entries);
    }

    [Fact]
    public void An_event_has_no_more_entries_than_allowed()
    {
        var buffer = new JournalBuffer(maxEntries: 2, maxBytes: 10_000);

        buffer.Add(Appended(1, 1, 1, 1, 1, 1));

        Assert.Equal([2, 2, 1], buffer.Drain(LogIndex.Zero).Select(e => ((EntriesAppended)e).Entries.Count));
    }

    [Fact]
    public void An_event_has_no_more_bytes_than_allowed_but_a_large_entry_still_gets_one()
    {
        var bytes = Logs.Entry(1, 1).EncodedBytes;
        var exact = new JournalBuffer(maxEntries: 10, maxBytes: 2 * bytes);
        exact.Add(Appended(1, 1, 1, 1));
        Assert.Equal([2, 1], exact.Drain(LogIndex.Zero).Select(e => ((EntriesAppended)e).Entries.Count));

        var tight = new JournalBuffer(maxEntries: 10, maxBytes: 1);
        tight.Add(Appended(1, 1, 1));
        Assert.Equal([1, 1], tight.Drain(LogIndex.Zero).Select(e => ((EntriesAppended)e).Entries.Count));
    }

    [Fact]
    public void A_large_batch_stays_as_it_is_and_with_it_its_encoded_form()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);
        var large = new EntryBatch([new LogEntry(new LogIndex(2), new Term(1), EntryKind.Command, new byte[5000])]);

        buffer.Add(Appended(1, 1));
        buffer.Add(new EntriesAppended(large));
        buffer.Add(Appended(3, 1));

        var events = buffer.Drain(LogIndex.Zero).Cast<EntriesAppended>().Select(e => e.Entries).ToArray();
        Assert.Equal([1, 1, 1], events.Select(e => e.Count));
        Assert.Same(large, events[1]);
    }

    [Fact]
    public void A_batch_over_the_limits_is_split_as_all_entries_are()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 6000);
        var entry = new LogEntry(new LogIndex(1), new Term(1), EntryKind.Command, new byte[5000]);

        buffer.Add(new EntriesAppended(new EntryBatch([entry, entry with { Index = new LogIndex(2) }])));

        Assert.Equal([1, 1], buffer.Drain(LogIndex.Zero).Select(e => ((EntriesAppended)e).Entries.Count));
    }

    [Fact]
    public void Of_terms_that_follow_each_other_only_the_last_is_kept()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);

        buffer.Add(Term2);
        buffer.Add(Term2Voted);
        buffer.Add(Term3);

        Assert.Equal([Term3], buffer.Drain(LogIndex.Zero));
    }

    [Fact]
    public void A_term_before_entries_is_kept_since_the_entries_were_appended_in_it()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);

        buffer.Add(Term2);
        buffer.Add(Appended(1, 2));
        buffer.Add(Term3);
        buffer.Add(Appended(2, 3));

        Assert.Equal(["TermStarted", "EntriesAppended", "TermStarted", "EntriesAppended"], Kinds(buffer.Drain(LogIndex.Zero)));
    }

    [Fact]
    public void A_truncation_stays_between_the_entries_that_it_removes_and_those_that_replace_them()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);

        buffer.Add(Appended(1, 1, 1));
        buffer.Add(new LogTruncated(new LogIndex(2)));
        buffer.Add(Appended(2, 2));

        Assert.Equal(["EntriesAppended", "LogTruncated", "EntriesAppended"], Kinds(buffer.Drain(LogIndex.Zero)));
    }

    [Fact]
    public void Taking_empties_the_buffer_and_what_was_taken_changes_no_more()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);
        buffer.Add(Term2);
        buffer.Add(Appended(1, 2));
        Assert.False(buffer.IsEmpty);

        var taken = buffer.Drain(LogIndex.Zero);
        Assert.True(buffer.IsEmpty);
        Assert.Empty(buffer.Drain(LogIndex.Zero));
        buffer.Add(Appended(2, 2));
        buffer.Add(Term3);

        Assert.Equal(["TermStarted", "EntriesAppended"], Kinds(taken));
        Assert.Single(((EntriesAppended)taken[1]).Entries);
    }

    [Fact]
    public void No_entries_make_no_event()
    {
        var buffer = new JournalBuffer(maxEntries: 10, maxBytes: 10_000);

        buffer.Add(new EntriesAppended([]));

        Assert.True(buffer.IsEmpty);
    }

    /// <summary>Each number is a change: a vote, a term, a truncation or a batch; sometimes the journal drains all.</summary>
    [Fact]
    public void Replaying_what_was_written_gives_the_state_that_the_changes_gave() =>
        Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5]).Array[0, 30], Gen.Int[1, 4], Gen.Int[1, 200]).Sample(
            (changes, maxEntries, maxBytes) =>
            {
                var (made, written) = (new Replay(), new Replay());
                var buffer = new JournalBuffer(maxEntries, maxBytes);
                foreach (var (kind, size) in changes)
                {
                    var change = made.Next(kind, size);
                    made.Apply(change);
                    buffer.Add(change);
                    if (kind == 9) written.ApplyAll(buffer.Drain(LogIndex.Zero), maxEntries, maxBytes);
                }

                written.ApplyAll(buffer.Drain(LogIndex.Zero), maxEntries, maxBytes);
                Assert.Equal(made.ToString(), written.ToString());
                Assert.Equal(Logs.EntriesOf(made.Log), Logs.EntriesOf(written.Log));
            },
            iter: 500);

    private static EntriesAppended Appended(long first, params long[] terms) => new(Logs.Entries(first - 1, terms));

    private static IEnumerable<string> Kinds(IEnumerable<RaftEvent> events) => events.Select(e => e.GetType().Name);

    /// <summary>A node's persistent state (Raft, Figure 2), replayed event by event.</summary>
    private sealed class Replay
    {
        private TermStarted _term = new(Term.Zero, null);

        public RaftLog Log { get; } = new();

        public RaftEvent Next(int kind, int size) => kind switch
        {
            0 or 1 => new TermStarted(_term.Term.Next(), null),
            2 or 3 => _term with { VotedFor = new NodeId("n" + size) },
            4 when Log.LastIndex > LogIndex.Zero =>
                new LogTruncated(LogIndex.Max(new LogIndex(1), new LogIndex(Log.LastIndex.Value - size))),
            _ => new EntriesAppended(Logs.Entries(Log.LastIndex.Value, Enumerable.Repeat(_term.Term.Value, size))),
        };

        public void ApplyAll(IReadOnlyList<RaftEvent> events, int maxEntries, int maxBytes)
        {
            foreach (var e in events)
            {
                if (e is EntriesAppended { Entries: var entries })
                {
                    Assert.InRange(entries.Count, 1, maxEntries);
                    Assert.True(entries.Count == 1 || entries.Sum(entry => entry.EncodedBytes) <= maxBytes);
                }

                Apply(e);
            }
        }

        public void Apply(RaftEvent e)
        {
            switch (e)
            {
                case TermStarted started: _term = started; break;
                case EntriesAppended appended: Log.Append(appended.Entries); break;
                case LogTruncated truncated: Log.TruncateFrom(truncated.From); break;
                default: throw new InvalidOperationException($"{e} is no change that a buffer takes.");
            }
        }

        public override string ToString() => $"{_term}, log {string.Join(' ', Logs.TermsOf(Log))}";
    }
}

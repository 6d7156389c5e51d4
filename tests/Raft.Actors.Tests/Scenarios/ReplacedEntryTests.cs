using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// An entry is replaced while its own write is under way (Raft §5.3 over an asynchronous disk). An acknowledgement must never
/// cover an entry that is on no disk, although another one was at its index there.
/// </summary>
public sealed class ReplacedEntryTests : RaftScenario
{
    [Fact]
    public void An_entry_that_was_replaced_meanwhile_is_not_durable_when_the_old_ones_write_is_done()
    {
        Node(log: Terms(1, 1));
        Disk.Hold();
        N2.Appends(term: 2, previous: (2, 1), [Entry(3, 2)]);
        N3.Appends(term: 3, previous: (2, 1), [Entry(3, 3)]);
        Assert.Equal([1, 1, 3], LogTerms());

        DiskDoesOneWrite();
        Assert.Equal([1, 1, 2], DiskTerms());
        Assert.Equal(new LogIndex(2), Status().DurableIndex);
        N3.ExpectsNothing();

        DiskDoesOneWrite();
        Assert.Equal([1, 1, 3], DiskTerms());
        Assert.Equal(new LogIndex(3), Status().DurableIndex);
        Assert.Equal(new Term(3), N3.ExpectsAccepted(match: 3).Term);
    }

    /// <summary>A, then B, then A's index once more: three generations at one index, each with its own write.</summary>
    [Fact]
    public void An_entry_that_was_replaced_twice_is_durable_with_its_own_write_only()
    {
        Node(log: Terms(1), members: 5);
        Disk.Hold();
        N2.Appends(term: 2, previous: (1, 1), [Entry(2, 2), Entry(3, 2)]);
        N3.Appends(term: 3, previous: (1, 1), [Entry(2, 3)]);
        DiskDoesOneWrite();
        N4.Appends(term: 4, previous: (1, 1), [Entry(2, 4), Entry(3, 4), Entry(4, 4)]);
        Assert.Equal(([1, 2, 2], new LogIndex(1)), (DiskTerms(), Status().DurableIndex), SameLog);

        DiskDoesOneWrite();
        Assert.Equal(([1, 3], new LogIndex(1)), (DiskTerms(), Status().DurableIndex), SameLog);
        N4.ExpectsNothing();

        DiskDoesOneWrite();
        Assert.Equal(([1, 4, 4, 4], new LogIndex(4)), (DiskTerms(), Status().DurableIndex), SameLog);
        N4.ExpectsAccepted(match: 4);
    }

    /// <summary>An acknowledgement for a former leader counts only in that leader's term, which it contains.</summary>
    [Fact]
    public void A_late_acknowledgement_carries_the_term_in_which_it_was_promised()
    {
        Node(log: Terms(1));
        Disk.Hold();
        N2.Appends(term: 2, previous: (1, 1), [Entry(2, 2)]);
        N3.Appends(term: 3, previous: (1, 1), [Entry(2, 3)]);
        DiskDoesOneWrite();
        Assert.Equal(new Term(2), N2.ExpectsAccepted(match: 2).Term);
        N2.ExpectsNothing();
    }

    /// <summary>The truncated log is shorter than the write under way.</summary>
    [Fact]
    public void A_log_that_was_shortened_meanwhile_is_durable_to_its_own_end()
    {
        Node(log: Terms(1));
        Disk.Hold();
        N2.Appends(term: 2, previous: (1, 1), [Entry(2, 2), Entry(3, 2), Entry(4, 2)]);
        N3.Appends(term: 3, previous: (2, 2), [Entry(3, 3)]);
        DiskDoesOneWrite();
        Assert.True(Status().DurableIndex <= new LogIndex(2));
        DiskCatchesUp();
        Assert.Equal(([1, 2, 3], new LogIndex(3)), (DiskTerms(), Status().DurableIndex), SameLog);
    }

    /// <summary>Random leaders, random writes: durable entries are on disk, and acknowledged entries were durable.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_leaders_and_the_disk_do_what_is_called_durable_is_on_disk(int seed)
    {
        var random = new Random(seed);
        Node(log: Terms(1, 1));
        Disk.Hold();
        var term = 1;
        for (var step = 0; step < 40; step++)
        {
            if (random.Next(3) == 0 && Disk.Held > 0) DiskDoesOneWrite();
            else if (random.Next(3) == 0) Heartbeat(term);
            else Append(random, ++term);
            CheckDurableIndex();
            CheckAcknowledgements();
        }

        DiskCatchesUp();
        CheckDurableIndex();
        Assert.Equal(LogTerms(), DiskTerms());
    }

    private void Heartbeat(long term)
    {
        var log = LogTerms();
        N2.Heartbeats(term, previous: (log.Length, log[^1]));
    }

    private void Append(Random random, long term)
    {
        var log = LogTerms();
        var previous = random.Next(2, log.Length + 1);
        var entries = Enumerable.Range(previous + 1, random.Next(1, 4)).Select(i => Entry(i, term)).ToArray();
        N2.Appends(term, (previous, log[previous - 1]), entries);
    }

    private void CheckDurableIndex()
    {
        var durable = (int)Status().DurableIndex.Value;
        Assert.Equal(LogTerms().Take(durable), DiskTerms().Take(durable));
    }

    private void CheckAcknowledgements()
    {
        var log = LogTerms();
        foreach (var accepted in N2.TakeAll().OfType<AppendAccepted>().Where(a => a.Term == Status().Term))
        {
            var match = (int)accepted.MatchIndex.Value;
            Assert.Equal(log.Take(match), DiskTerms().Take(match));
        }
    }

    private long[] DiskTerms() =>
        [.. Disk.Log.Slice(new LogIndex(1), int.MaxValue, int.MaxValue).Select(e => e.Term.Value)];

    private static bool SameLog((long[] Terms, LogIndex Durable) left, (long[] Terms, LogIndex Durable) right) =>
        left.Terms.SequenceEqual(right.Terms) && left.Durable == right.Durable;
}

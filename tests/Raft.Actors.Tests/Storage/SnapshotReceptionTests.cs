using System.Buffers;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Storage;

/// <summary>Snapshots in parts, as received from a leader and as written to the journal.</summary>
public sealed class SnapshotReceptionTests
{
    private readonly SnapshotReception _reception = new();

    [Fact]
    public void Parts_in_order_are_a_snapshot()
    {
        Assert.Null(_reception.Add(Part("abc", at: 0)));
        Assert.Equal(3, _reception.Wanted);

        var snapshot = _reception.Add(Part("de", at: 3));

        Assert.Equal("abcde", Text(snapshot!));
        Assert.Equal(0, _reception.Wanted);
    }

    [Fact]
    public void A_part_that_comes_twice_or_too_early_changes_nothing()
    {
        _reception.Add(Part("abc", at: 0));
        _reception.Add(Part("abc", at: 0));
        _reception.Add(Part("e", at: 4));

        Assert.Equal(3, _reception.Wanted);
        Assert.Equal("abcde", Text(_reception.Add(Part("de", at: 3))!));
    }

    [Theory]
    [InlineData("n3", 2, 10)]
    [InlineData("n2", 3, 10)]
    [InlineData("n2", 2, 11)]
    public void Another_leader_term_or_snapshot_starts_over(string from, long term, long index)
    {
        _reception.Add(Part("abc", at: 0));

        Assert.Null(_reception.Add(Part("de", at: 3, from, term, index)));
        Assert.Equal(0, _reception.Wanted);
    }

    [Fact]
    public void A_snapshot_goes_to_the_journal_in_parts_of_a_limited_size()
    {
        var saving = new SnapshotSaving(
            new Snapshot(new LogPoint(new LogIndex(10), new Term(2), TimeSpan.Zero), Sequence("abcde"), []),
            isInstalled: false,
            began: null);

        var first = saving.NextPart(maxBytes: 3, lastSequenceNr: 7);
        Assert.False(saving.IsDrained);
        var second = saving.NextPart(maxBytes: 3, lastSequenceNr: 9);

        Assert.True(saving.IsDrained);
        Assert.Equal((0, "abc"), (first.Offset, TextMachine.Text(first.Bytes)));
        Assert.Equal((3, "de"), (second.Offset, TextMachine.Text(second.Bytes)));
        Assert.Equal(7, saving.ReplacedTo);
    }

    [Fact]
    public void A_part_may_span_what_came_in_several()
    {
        var parts = new SnapshotParts();
        parts.Add(TextMachine.Bytes("ab"));
        parts.Add(default);
        parts.Add(TextMachine.Bytes("cde"));
        var snapshot = new Snapshot(LogPoint.Zero, parts.ToSequence(), []);

        Assert.Equal((5, "bcd"), (parts.Length, TextMachine.Text(snapshot.Part(1, 3))));
        Assert.True(snapshot.Part(5, 3).IsEmpty);
    }

    private static InstallSnapshot Part(string data, long at, string from = "n2", long term = 2, long index = 10) => new(
        RaftScenario.Cluster,
        new NodeId(from),
        new Term(term),
        new LogPoint(new LogIndex(index), new Term(2), TimeSpan.Zero),
        Length: 5,
        Offset: at,
        TextMachine.Bytes(data),
        Part: 1,
        Round: 1);

    private static ReadOnlySequence<byte> Sequence(string text) => new(TextMachine.Bytes(text));

    private static string Text(Snapshot snapshot) => TextMachine.Text(snapshot.Bytes.ToArray());
}

using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;
using Xunit;

namespace Raft.Actors.Tests.Storage;

/// <summary>The recovery of journals with snapshots (docs/decisions/016).</summary>
public sealed class JournalReplayTests
{
    private readonly JournalReplay _replay = new();

    [Fact]
    public void A_snapshot_is_whole_when_all_its_parts_stand_before_it()
    {
        _replay.BeginAt(1);
        _replay.Add(Part(offset: 0, bytes: 3), sequenceNr: 5);
        Assert.False(_replay.IsWhole(Saved(bytes: 5), Term.Zero));
        _replay.Add(Part(offset: 3, bytes: 2), sequenceNr: 9);

        Assert.True(_replay.IsWhole(Saved(bytes: 5), Term.Zero));
        _replay.Complete(Saved(bytes: 5));
        Assert.Equal((5, 4), (_replay.Snapshot!.Length, _replay.ReplacedTo));
    }

    [Fact]
    public void A_snapshot_of_an_older_term_or_no_newer_entry_is_damage()
    {
        _replay.Add(Part(offset: 0, bytes: 1), sequenceNr: 5);
        Assert.False(_replay.IsWhole(Saved(bytes: 1), new Term(3)));

        _replay.Complete(Saved(bytes: 1));
        Assert.False(_replay.IsWhole(Saved(bytes: 1), new Term(2)));
    }

    [Fact]
    public void Parts_that_were_given_up_are_no_part_of_the_next_snapshot()
    {
        _replay.BeginAt(1);
        _replay.Add(Part(offset: 0, bytes: 3), sequenceNr: 5);
        _replay.Add(Part(offset: 0, bytes: 2), sequenceNr: 7);

        Assert.True(_replay.IsWhole(Saved(bytes: 2), Term.Zero));
    }

    [Fact]
    public void A_part_whose_parts_before_it_are_missing_is_damage() =>
        Assert.Throws<InvalidOperationException>(() => _replay.Add(Part(offset: 3, bytes: 2), sequenceNr: 5));

    [Fact]
    public void Behind_deleted_events_all_but_the_next_whole_snapshot_is_passed_over()
    {
        _replay.BeginAt(100);
        Assert.Equal((99, 99, true), (_replay.DeletedTo, _replay.LastSequenceNr, _replay.IsBehindDeleted));
        Assert.True(_replay.IsReplaced(new TermStarted(new Term(2), null), Term.Zero));
        Assert.True(_replay.IsReplaced(Saved(bytes: 2), Term.Zero));
        Assert.False(_replay.IsReplaced(new DamagedEvent("it is"), Term.Zero));

        _replay.Add(Part(offset: 3, bytes: 2), sequenceNr: 101);
        _replay.Add(Part(offset: 0, bytes: 2), sequenceNr: 102);
        Assert.False(_replay.IsReplaced(Saved(bytes: 2), Term.Zero));
        _replay.Complete(Saved(bytes: 2));
        Assert.False(_replay.IsBehindDeleted);
        Assert.False(_replay.IsReplaced(new TermStarted(new Term(2), null), Term.Zero));
    }

    [Fact]
    public void A_journal_with_its_first_event_has_lost_none()
    {
        _replay.BeginAt(1);

        Assert.Equal((0, false), (_replay.DeletedTo, _replay.IsBehindDeleted));
    }

    private static SnapshotPartSaved Part(long offset, int bytes) => new(new LogIndex(10), offset, new byte[bytes]);

    private static SnapshotSaved Saved(long bytes)
    {
        var last = new LogPoint(new LogIndex(10), new Term(2), TimeSpan.Zero);
        var formed = new ClusterFormed(new ClusterId("c"), new GroupId("g"), new NodeId("n1"), [new NodeId("n1")]);
        return new SnapshotSaved(formed, Self: null, new Term(2), VotedFor: null, last, bytes, last, Entries: []);
    }
}

using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Checks.Snapshots;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Snapshots;

public sealed class SnapshotChecksTests
{
    [Fact]
    public void A_snapshot_of_committed_entries_is_right()
    {
        var run = Committed(new SnapshotsAreCommitted());

        run.Write(1, Part(2, 0, 5), Saved(last: 2, term: 1, bytes: 5, start: 1));

        Assert.Equal(1, run.Examined);
    }

    [Theory]
    [InlineData(3, 2, 1, "no node has committed more than entry 2")]
    [InlineData(2, 2, 1, "says term 2")]
    [InlineData(1, 1, 2, "dropped the entries up to 2")]
    public void A_snapshot_of_anything_else_is_a_violation(long last, long term, long start, string words)
    {
        var run = Committed(new SnapshotsAreCommitted());

        var found = Assert.Throws<ViolationException>(
            () => run.Write(1, Part(last, 0, 5), Saved(last, term, bytes: 5, start)));
        Assert.Contains(words, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_without_all_its_parts_is_a_violation()
    {
        var run = Committed(new SnapshotsAreWhole());

        Assert.Throws<ViolationException>(() => run.Write(1, Part(2, 0, 5), Part(2, 6, 4), Saved(2, 1, bytes: 10, start: 1)));
    }

    [Fact]
    public void A_snapshot_in_place_of_a_newer_one_is_a_violation()
    {
        var run = Committed(new SnapshotsAreWhole());
        run.Write(1, Part(2, 0, 5), Saved(2, 1, bytes: 5, start: 1));

        Assert.Throws<ViolationException>(() => run.Write(1, Part(1, 0, 5), Saved(1, 1, bytes: 5, start: 1)));
    }

    [Fact]
    public void Only_what_a_whole_snapshot_replaces_is_deleted()
    {
        var check = new SnapshotsAreWhole();
        var run = Committed(check);
        run.Write(1, Part(2, 0, 5));
        Assert.Throws<ViolationException>(() => check.OnDeleted(run.Cluster, run[1], 2));
        run.Write(1, Saved(2, 1, bytes: 5, start: 1));

        check.OnDeleted(run.Cluster, run[1], 2);
        Assert.Throws<ViolationException>(() => check.OnDeleted(run.Cluster, run[1], 3));
    }

    [Fact]
    public void A_snapshot_that_a_node_has_stays()
    {
        var run = Committed(new SnapshotsMoveForward());
        run.Write(1, Part(2, 0, 5), Saved(2, 1, bytes: 5, start: 1));
        run.Change(1, s => s with { SnapshotIndex = new LogIndex(2), StartIndex = new LogIndex(1) });

        Assert.Throws<ViolationException>(() => run.Change(1, s => s with { SnapshotIndex = new LogIndex(1) }));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    public void A_snapshot_that_is_on_no_disk_or_entries_dropped_too_early_are_a_violation(long snapshot, long start)
    {
        var run = Committed(new SnapshotsMoveForward());

        Assert.Throws<ViolationException>(() => run.Change(
            1, s => s with { SnapshotIndex = new LogIndex(snapshot), StartIndex = new LogIndex(Math.Max(start, 1)) }));
    }

    [Fact]
    public void A_snapshot_of_the_leader_is_acknowledged_when_the_state_machine_has_it()
    {
        var check = new InstalledIsRestored();
        var run = Committed(check);
        var accepted = new AppendAccepted(new ClusterId("c"), run[2].Id, new Term(2), new LogIndex(5), Round: 0);
        run.Change(2, s => s with { StartIndex = new LogIndex(5), CommitIndex = new LogIndex(5) });

        Assert.Throws<ViolationException>(() => check.OnRpcSent(run.Cluster, run[2], run[1].Id, accepted));
        run.Change(2, s => s with { LastApplied = new LogIndex(5) });
        check.OnRpcSent(run.Cluster, run[2], run[1].Id, accepted);
    }

    /// <summary>All nodes have entries 1 and 2 of term 1 on disk; n1 has committed them.</summary>
    private static CheckedRun Committed(Check check)
    {
        var run = new CheckedRun(check, isStarted: false);
        for (var node = 1; node <= 3; node++)
        {
            run.Write(node, new TermStarted(new Term(1), null), new EntriesAppended(CheckedRun.Entries(1, 1)));
            run.Start(node);
        }

        run.Change(1, s => s with { CommitIndex = new LogIndex(2), LastApplied = new LogIndex(2) });
        return run;
    }

    private static SnapshotPartSaved Part(long index, long offset, int bytes) =>
        new(new LogIndex(index), offset, new byte[bytes]);

    private static SnapshotSaved Saved(long last, long term, long bytes, long start) => new(
        new ClusterFormed(new ClusterId("c"), new GroupId("g"), new NodeId("n1"), []),
        Self: null,
        new Term(2),
        VotedFor: null,
        new LogPoint(new LogIndex(last), new Term(term), TimeSpan.Zero),
        bytes,
        new LogPoint(new LogIndex(start), new Term(1), TimeSpan.Zero),
        Entries: []);
}

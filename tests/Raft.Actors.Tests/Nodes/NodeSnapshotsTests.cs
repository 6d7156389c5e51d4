using System.Buffers;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;
using Raft.Actors.Tests.Configuration;
using Raft.Actors.Tests.Fixtures;
using Raft.Actors.Tests.Log;
using Xunit;

namespace Raft.Actors.Tests.Nodes;

public sealed class NodeSnapshotsTests
{
    private static readonly RaftSettings Settings = TestSettings.With("""
        raft { snapshot-after-bytes = 1000, snapshot-chunk-bytes = 2, snapshot-retry-pause = 30s }
        """);

    private readonly List<SnapshotPurpose> _asked = [];
    private readonly RecordingRef _ann = new("ann");
    private readonly RecordingRef _bob = new("bob");
    private readonly NodeSnapshots _snapshots;

    public NodeSnapshotsTests() => _snapshots = new NodeSnapshots(
        Settings,
        new NodeTelemetry(new NodeScope(new GroupId("default"), RaftMember.Parse("n1=127.0.0.1:4053")), new StandingClock()),
        _asked.Add,
        new RecordingRef("node"));

    [Fact]
    public void One_snapshot_is_taken_for_all_requests_meanwhile()
    {
        Ask(_ann, commitIndex: 7);
        Ask(_bob, commitIndex: 8);
        Assert.Single(_asked);

        Assert.True(_snapshots.OnWritten(new LogIndex(7)));
        var saving = Save(last: 7, "abc", isInstalled: false);
        Assert.Empty(_ann.Received);

        _snapshots.OnSaved(saving);
        _snapshots.AnswerRequesters();
        Assert.Equal([new SnapshotTaken(Settings.NodeId, new LogIndex(7), 3)], _ann.Received);
        Assert.Equal(_ann.Received, _bob.Received);
    }

    [Fact]
    public void A_request_is_answered_at_once_if_the_newest_snapshot_has_all_committed_entries()
    {
        _snapshots.OnRecovered(Snapshot(last: 7, "abc"));
        Ask(_ann, commitIndex: 7);

        Assert.Single(_ann.Received);
        Assert.Empty(_asked);
    }

    [Fact]
    public void A_snapshot_goes_to_the_journal_in_parts()
    {
        Save(last: 7, "abc", isInstalled: false);

        Assert.Equal(0, _snapshots.NextPart(5)!.Offset);
        Assert.Equal(2, _snapshots.NextPart(9)!.Offset);
        Assert.Null(_snapshots.NextPart(10));
        Assert.Equal(5, _snapshots.Saving!.ReplacedTo);
    }

    [Fact]
    public void A_snapshot_is_due_when_as_much_was_committed_as_the_settings_say_or_as_the_last_one_takes()
    {
        var entries = Logs.Entries(after: 0, 1, 1, 1);
        var bytes = entries.Sum(e => e.EncodedBytes);
        for (var sum = bytes; sum < 1000; sum += bytes) _snapshots.OnCommitted(entries, TimeSpan.Zero);
        Assert.Empty(_asked);

        _snapshots.OnCommitted(entries, TimeSpan.Zero);
        Assert.Equal([SnapshotPurpose.Journal], _asked);
    }

    [Fact]
    public void A_state_machine_that_failed_is_not_retried_before_a_pause_and_waiting_requests_are_refused()
    {
        Ask(_ann, commitIndex: 7);
        _snapshots.OnFailed(new SnapshotFailed(SnapshotPurpose.Journal, "it broke"), TimeSpan.Zero);
        Assert.IsType<SnapshotRefused>(Assert.Single(_ann.Received));

        Ask(_bob, commitIndex: 7, now: 29);
        Assert.Contains("1 s", Assert.IsType<SnapshotRefused>(Assert.Single(_bob.Received)).Reason, StringComparison.Ordinal);
        Assert.Single(_asked);

        Ask(_bob, commitIndex: 7, now: 30);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void A_leaders_snapshot_takes_the_place_of_the_nodes_own()
    {
        Save(last: 7, "abc", isInstalled: false);
        var installed = Save(last: 9, "def", isInstalled: true);

        Assert.Same(installed, _snapshots.Saving);
        Assert.False(_snapshots.OnWritten(new LogIndex(8)));
    }

    [Fact]
    public void When_a_leaders_snapshot_is_given_up_those_who_wait_get_one_of_the_nodes_own()
    {
        Save(last: 9, "def", isInstalled: true);
        Ask(_ann, commitIndex: 9);
        Assert.Empty(_asked);

        _snapshots.GiveUp();
        Assert.Null(_snapshots.Saving);
        Assert.Single(_asked);
    }

    [Fact]
    public void A_snapshot_that_is_no_newer_than_the_one_on_disk_is_not_saved()
    {
        _snapshots.OnRecovered(Snapshot(last: 7, "abc"));

        Assert.False(_snapshots.OnWritten(new LogIndex(7)));
        Assert.True(_snapshots.OnWritten(new LogIndex(8)));
    }

    private static Snapshot Snapshot(long last, string text) => new(
        new LogPoint(new LogIndex(last), new Term(1), TimeSpan.Zero),
        new ReadOnlySequence<byte>([.. text.Select(c => (byte)c)]),
        []);

    private void Ask(RecordingRef asker, long commitIndex, int now = 0) =>
        _snapshots.OnTakeSnapshot(asker, new LogIndex(commitIndex), TimeSpan.FromSeconds(now));

    private SnapshotSaving Save(long last, string text, bool isInstalled)
    {
        _snapshots.Save(Snapshot(last, text), isInstalled);
        return _snapshots.Saving!;
    }
}

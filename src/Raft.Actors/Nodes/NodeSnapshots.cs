using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// The snapshots that a node takes of its own state (Raft §7, dissertation §5.1): when one is due, who waits for it, and the one
/// that is on its way to the journal.
/// </summary>
/// <param name="settings">Limits.</param>
/// <param name="telemetry">Is told how long it takes.</param>
/// <param name="write">Has the state machine write its state down.</param>
/// <param name="replyAs">In whose name the askers are answered.</param>
internal sealed class NodeSnapshots(
    RaftSettings settings, NodeTelemetry telemetry, Action<SnapshotPurpose> write, IActorRef replyAs)
{
    /// <summary>So many may wait for one snapshot.</summary>
    private const int MaxAskers = 64;

    private readonly List<IActorRef> _askers = [];

    /// <summary>Whether the state machine writes a snapshot for the journal.</summary>
    private bool _isTaking;

    /// <summary>Bytes of the snapshot on disk.</summary>
    private long _bytes;

    /// <summary>Encoded bytes of what was committed since the state machine was last asked for a snapshot.</summary>
    private long _bytesSince;

    /// <summary>What came of the state machine's last attempt that failed, and when it is asked again.</summary>
    private string _failure = "";
    private TimeSpan _pauseEnd;

    /// <summary>Last index that the snapshot on disk replaces.</summary>
    public LogIndex Index { get; private set; } = LogIndex.Zero;

    /// <summary>The snapshot on its way to the journal; null where there is none.</summary>
    public SnapshotSaving? Saving { get; private set; }

    private long BytesBetween => Math.Max(settings.SnapshotAfterBytes, _bytes);

    /// <summary>
    /// Whether the state machine failed to write a snapshot just now. For a large state that costs as much as writing one: it
    /// is not asked again at once, for whomever (<c>raft.snapshot-retry-pause</c>).
    /// </summary>
    public bool IsPaused(TimeSpan now) => now < _pauseEnd;

    /// <summary>Recovery found a whole snapshot.</summary>
    public void OnRecovered(Snapshot snapshot) => (Index, _bytes) = (snapshot.Last.Index, snapshot.Length);

    /// <summary>Somebody wants a snapshot, and to hear when it is on disk.</summary>
    public void OnTakeSnapshot(IActorRef asker, LogIndex commitIndex, TimeSpan now)
    {
        if (commitIndex == LogIndex.Zero)
            Refuse(asker, $"{settings.NodeId} knows of nothing that is committed yet; try again when it has heard a leader.");
        else if (commitIndex == Index)
            asker.Tell(Newest(), replyAs);
        else if (IsPaused(now))
            Refuse(asker, $"{_failure} It is asked again in {Math.Ceiling((_pauseEnd - now).TotalSeconds)} s at the earliest.");
        else if (_askers.Count >= MaxAskers)
            Refuse(asker, $"{settings.NodeId} is taking a snapshot, and {MaxAskers} wait for it already.");
        else
            Begin(asker);
    }

    /// <summary>
    /// Much was committed since the last snapshot: as much as that one takes, at the least (dissertation §5.1.3).
    /// </summary>
    public void OnCommitted(IReadOnlyList<LogEntry> entries, TimeSpan now)
    {
        foreach (var entry in entries) _bytesSince += entry.EncodedBytes;
        if (settings.SnapshotAfterBytes > 0 && _bytesSince >= BytesBetween && !IsPaused(now)) Begin();
    }

    /// <summary>The state machine wrote a snapshot for the journal.</summary>
    /// <param name="index">The last entry that it replaces.</param>
    /// <returns>Whether it is to be saved.</returns>
    public bool OnWritten(LogIndex index)
    {
        _isTaking = false;
        if (Saving is not null) return false;
        if (index > Index) return true;
        AnswerAskers();
        return false;
    }

    /// <summary>The state machine could not write a snapshot.</summary>
    public void OnFailed(SnapshotFailed failed, TimeSpan now)
    {
        _failure = $"The state machine of {settings.NodeId} could not write a snapshot: {failed.Reason}";
        _pauseEnd = now + settings.SnapshotRetryPause;
        telemetry.SnapshotFailed();
        if (failed.Purpose != SnapshotPurpose.Journal) return;
        _isTaking = false;
        _bytesSince = BytesBetween;
        RefuseAskers(_failure);
    }

    /// <summary>A snapshot goes to the journal from now on, in place of one that may be on its way.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="isInstalled">Whether it came from the leader.</param>
    public void Save(Snapshot snapshot, bool isInstalled) =>
        Saving = new SnapshotSaving(snapshot, isInstalled, telemetry.SnapshotBegins());

    /// <summary>The next part that the journal gets.</summary>
    /// <param name="lastSequenceNr">The newest event in the journal.</param>
    /// <returns>Null where no part is left.</returns>
    public SnapshotPartSaved? NextPart(long lastSequenceNr) =>
        Saving is { IsTaken: false } saving ? saving.Take(settings.SnapshotChunkBytes, lastSequenceNr) : null;

    /// <summary>A snapshot is on disk.</summary>
    public void OnSaved(SnapshotSaving saving)
    {
        if (Saving == saving) Saving = null;
        (Index, _bytes) = (saving.Snapshot.Last.Index, saving.Snapshot.Length);
        telemetry.SnapshotEnds("save", saving.Began);
    }

    /// <summary>Tells those who wait that the newest snapshot is on disk.</summary>
    public void AnswerAskers()
    {
        foreach (var asker in _askers) asker.Tell(Newest(), replyAs);
        _askers.Clear();
    }

    /// <summary>The leader's snapshot takes the place of this node's state.</summary>
    public void OnInstalled() => _bytesSince = 0;

    /// <summary>The leader's snapshot is not needed any more; those who wait for one of this node get that.</summary>
    public void GiveUp()
    {
        Saving = null;
        if (_askers.Count > 0) Begin();
    }

    /// <summary>Tells those who wait that nothing comes of it.</summary>
    public void RefuseAskers(string reason)
    {
        foreach (var asker in _askers) Refuse(asker, reason);
        _askers.Clear();
    }

    private void Begin(params ReadOnlySpan<IActorRef> askers)
    {
        _askers.AddRange(askers);
        if (_isTaking || Saving is not null) return;
        _isTaking = true;
        _bytesSince = 0;
        write(SnapshotPurpose.Journal);
    }

    private SnapshotTaken Newest() => new(settings.NodeId, Index, _bytes);

    private void Refuse(IActorRef asker, string reason) => asker.Tell(new SnapshotRefused(reason), replyAs);
}

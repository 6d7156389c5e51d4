using Akka.Actor;
using Raft.Actors.Configuration;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// The snapshots that a node takes of its own state (Raft §7, dissertation §5.1): when one is due, which requests wait for it,
/// and which one is being saved.
/// </summary>
/// <param name="settings">The node's settings.</param>
/// <param name="telemetry">Measures snapshots.</param>
/// <param name="write">Makes the state machine write a snapshot.</param>
/// <param name="replyAs">The sender of the answers.</param>
internal sealed class NodeSnapshots(
    RaftSettings settings, NodeTelemetry telemetry, Action<SnapshotPurpose> write, IActorRef replyAs)
{
    /// <summary>Maximum number of requests that may wait for one snapshot.</summary>
    private const int MaxRequesters = 64;

    private readonly List<IActorRef> _requesters = [];

    /// <summary>Whether the state machine is writing a snapshot for the journal.</summary>
    private bool _isTaking;

    /// <summary>Size of the snapshot on disk in bytes.</summary>
    private long _bytes;

    /// <summary>Encoded bytes of the entries committed since the last snapshot was requested from the state machine.</summary>
    private long _bytesSince;

    /// <summary>Why the state machine's last attempt failed, and when the next one may start.</summary>
    private string _failure = "";
    private TimeSpan _pauseEnd;

    /// <summary>Last index that the snapshot on disk replaces.</summary>
    public LogIndex Index { get; private set; } = LogIndex.Zero;

    /// <summary>The snapshot that is being saved; null if there is none.</summary>
    public SnapshotSaving? Saving { get; private set; }

    private long BytesBetween => Math.Max(settings.SnapshotAfterBytes, _bytes);

    /// <summary>
    /// Whether the state machine failed recently. A failed attempt can cost as much as writing a snapshot, so the next one waits
    /// for <c>raft.snapshot-retry-pause</c>, whatever its purpose.
    /// </summary>
    public bool IsPaused(TimeSpan now) => now < _pauseEnd;

    /// <summary>Recovery found a complete snapshot.</summary>
    public void OnRecovered(Snapshot snapshot) => (Index, _bytes) = (snapshot.Last.Index, snapshot.Length);

    /// <summary>Handles a request for a snapshot. It is answered when the snapshot is on disk.</summary>
    public void OnTakeSnapshot(IActorRef requester, LogIndex commitIndex, TimeSpan now)
    {
        if (commitIndex == LogIndex.Zero)
            Refuse(requester, $"{settings.NodeId} knows of nothing that is committed yet; try again when it has heard a leader.");
        else if (commitIndex == Index)
            requester.Tell(Newest(), replyAs);
        else if (IsPaused(now))
            Refuse(requester, $"{_failure} The next attempt is possible in {Math.Ceiling((_pauseEnd - now).TotalSeconds)} s.");
        else if (_requesters.Count >= MaxRequesters)
            Refuse(requester, $"{settings.NodeId} is taking a snapshot, and {MaxRequesters} wait for it already.");
        else
            Begin(requester);
    }

    /// <summary>
    /// Starts a snapshot when enough bytes were committed since the last one: at least as many as that one has (dissertation
    /// §5.1.3).
    /// </summary>
    public void OnCommitted(IReadOnlyList<LogEntry> entries, TimeSpan now)
    {
        foreach (var entry in entries) _bytesSince += entry.EncodedBytes;
        if (settings.SnapshotAfterBytes > 0 && _bytesSince >= BytesBetween && !IsPaused(now)) Begin();
    }

    /// <summary>The state machine wrote a snapshot for the journal.</summary>
    /// <param name="index">The last entry that the snapshot replaces.</param>
    /// <returns>Whether the caller must save the snapshot.</returns>
    public bool OnWritten(LogIndex index)
    {
        _isTaking = false;
        if (Saving is not null) return false;
        if (index > Index) return true;
        AnswerRequesters();
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
        RefuseRequesters(_failure);
    }

    /// <summary>Starts saving a snapshot, in place of one that may be under way.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="isInstalled">Whether the leader sent it.</param>
    public void Save(Snapshot snapshot, bool isInstalled) =>
        Saving = new SnapshotSaving(snapshot, isInstalled, telemetry.SnapshotBegins());

    /// <summary>The next part to append to the journal.</summary>
    /// <param name="lastSequenceNr">Sequence number of the journal's newest event.</param>
    /// <returns>Null if no part is left.</returns>
    public SnapshotPartSaved? NextPart(long lastSequenceNr) =>
        Saving is { IsDrained: false } saving ? saving.NextPart(settings.SnapshotChunkBytes, lastSequenceNr) : null;

    /// <summary>A snapshot is on disk.</summary>
    public void OnSaved(SnapshotSaving saving)
    {
        if (Saving == saving) Saving = null;
        (Index, _bytes) = (saving.Snapshot.Last.Index, saving.Snapshot.Length);
        telemetry.SnapshotEnds("save", saving.Began);
    }

    /// <summary>Answers the waiting requests: the newest snapshot is on disk.</summary>
    public void AnswerRequesters()
    {
        foreach (var requester in _requesters) requester.Tell(Newest(), replyAs);
        _requesters.Clear();
    }

    /// <summary>The leader's snapshot replaces this node's state.</summary>
    public void OnInstalled() => _bytesSince = 0;

    /// <summary>Gives up saving the leader's snapshot. If requests wait, the node takes one of its own.</summary>
    public void GiveUp()
    {
        Saving = null;
        if (_requesters.Count > 0) Begin();
    }

    /// <summary>Refuses the waiting requests.</summary>
    public void RefuseRequesters(string reason)
    {
        foreach (var requester in _requesters) Refuse(requester, reason);
        _requesters.Clear();
    }

    private void Begin(params ReadOnlySpan<IActorRef> requesters)
    {
        _requesters.AddRange(requesters);
        if (_isTaking || Saving is not null) return;
        _isTaking = true;
        _bytesSince = 0;
        write(SnapshotPurpose.Journal);
    }

    private SnapshotTaken Newest() => new(settings.NodeId, Index, _bytes);

    private void Refuse(IActorRef requester, string reason) => requester.Tell(new SnapshotRefused(reason), replyAs);
}

using System.Buffers;
using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// Each node takes snapshots of its own state, and drops the entries that they replace (Raft §7, dissertation §5.1). The state
/// machine writes one down while the node goes on; its parts go to the journal between the log's writes; and one event ends it,
/// with all else that the node must not forget. Only when that is on disk the events before it are deleted.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>So many may wait for one snapshot.</summary>
    private const int MaxSnapshotAskers = 64;

    private readonly List<IActorRef> _snapshotAskers = [];

    /// <summary>Whether the state machine writes a snapshot for the journal.</summary>
    private bool _isTakingSnapshot;

    /// <summary>The snapshot on its way to the journal; null where there is none.</summary>
    private SnapshotSaving? _saving;

    /// <summary>Last index that the snapshot on disk replaces, and its bytes.</summary>
    private LogIndex _snapshotIndex = LogIndex.Zero;
    private long _snapshotBytes;

    /// <summary>What came of the state machine's last attempt that failed, and when it is asked again.</summary>
    private string _snapshotFailure = "";
    private TimeSpan _snapshotPauseEnd;

    /// <summary>Encoded bytes of what was committed since the state machine was last asked for a snapshot.</summary>
    private long _bytesSinceSnapshot;

    private void OnTakeSnapshot()
    {
        if (_commitIndex == LogIndex.Zero)
            Refuse(Sender, $"{Id} knows of nothing that is committed yet; try again when it has heard a leader.");
        else if (_commitIndex == _snapshotIndex)
            Sender.Tell(NewestSnapshot(), Context.Parent);
        else if (IsSnapshotPause)
            Refuse(Sender, $"{_snapshotFailure} It is asked again in {SecondsOfSnapshotPause()} s at the earliest.");
        else if (_snapshotAskers.Count >= MaxSnapshotAskers)
            Refuse(Sender, $"{Id} is taking a snapshot, and {MaxSnapshotAskers} wait for it already.");
        else
            BeginSnapshot(Sender);
    }

    private void BeginSnapshot(params ReadOnlySpan<IActorRef> askers)
    {
        _snapshotAskers.AddRange(askers);
        if (_isTakingSnapshot || _saving is not null) return;
        _isTakingSnapshot = true;
        _bytesSinceSnapshot = 0;
        _stateMachine.Tell(new WriteSnapshot(SnapshotPurpose.Journal));
    }

    /// <summary>
    /// Whether the state machine failed to write a snapshot just now. For a large state that costs as much as writing one: it is not
    /// asked again at once, for whomever (<c>raft.snapshot-retry-pause</c>).
    /// </summary>
    private bool IsSnapshotPause => Now < _snapshotPauseEnd;

    private double SecondsOfSnapshotPause() => Math.Ceiling((_snapshotPauseEnd - Now).TotalSeconds);

    private long BytesBetweenSnapshots => Math.Max(_settings.SnapshotAfterBytes, _snapshotBytes);

    /// <summary>Much was committed since the last snapshot: as much as that one takes, at the least (dissertation §5.1.3).</summary>
    private void BeginSnapshotWhenDue(IReadOnlyList<LogEntry> committed)
    {
        foreach (var entry in committed) _bytesSinceSnapshot += entry.EncodedBytes;
        if (_settings.SnapshotAfterBytes > 0 && _bytesSinceSnapshot >= BytesBetweenSnapshots && !IsSnapshotPause) BeginSnapshot();
    }

    private void OnSnapshotWritten(SnapshotWritten written)
    {
        if (written.Purpose != SnapshotPurpose.Journal) return;
        _isTakingSnapshot = false;
        if (_saving is not null) return;
        if (written.Index <= _snapshotIndex) AnswerSnapshotAskers();
        else
            Save(
                new Snapshot(_log.PointAt(written.Index), new ReadOnlySequence<byte>(written.Bytes), _incarnations.AsOf(written.Index)),
                isInstalled: false);
    }

    private void OnSnapshotFailed(SnapshotFailed failed)
    {
        _snapshotFailure = $"The state machine of {Id} could not write a snapshot: {failed.Reason}";
        _snapshotPauseEnd = Now + _settings.SnapshotRetryPause;
        _telemetry.SnapshotFailed();
        if (failed.Purpose != SnapshotPurpose.Journal) return;
        _isTakingSnapshot = false;
        _bytesSinceSnapshot = BytesBetweenSnapshots;
        RefuseSnapshotAskers(_snapshotFailure);
    }

    private void Save(Snapshot snapshot, bool isInstalled) =>
        _saving = new SnapshotSaving(snapshot, isInstalled, _telemetry.SnapshotBegins());

    /// <summary>With each write of the log goes one part of the snapshot, so that neither holds up the other.</summary>
    void IJournalOwner.AppendSnapshotPart()
    {
        if (_saving is not { IsTaken: false } saving) return;
        _journal.Append(saving.Take(_settings.SnapshotChunkBytes, LastSequenceNr));
        if (saving.IsTaken) _journal.WhenDurable(() => OnPartsSaved(saving));
    }

    /// <summary>All parts are on disk: from here on the snapshot takes the place of entries.</summary>
    private void OnPartsSaved(SnapshotSaving saving)
    {
        if (_saving != saving) return;
        var last = saving.Snapshot.Last;
        if (saving.IsInstalled)
        {
            if (!Install(saving.Snapshot)) return;
        }
        else
        {
            _log.Compact(LogIndex.Max(_log.Start.Index, FirstKept(last.Index)));
        }

        _journal.Append(new SnapshotSaved(
            Formed(),
            _self.Journal == 0 ? null : _self,
            _term,
            _votedFor,
            last,
            saving.Snapshot.Length,
            _log.Start,
            _log.Range(_log.FirstIndex, _log.LastIndex))
        {
            Incarnations = _incarnations.AsOf(_log.Start.Index),
            AwaitsReadmission = _awaitsReadmission,
        });
        _journal.WhenDurable(() => OnSnapshotSaved(saving));
    }

    /// <summary>
    /// Up to where entries are dropped. Those that followers may lack are kept, and those after a snapshot that is on its way to a
    /// follower, which needs them next.
    /// </summary>
    private LogIndex FirstKept(LogIndex last)
    {
        var before = _log.BeforeTail(last, _settings.SnapshotKeepEntries, _settings.SnapshotKeepBytes);
        return _outgoing is { } outgoing ? LogIndex.Min(before, outgoing.Last.Index) : before;
    }

    private void OnSnapshotSaved(SnapshotSaving saving)
    {
        if (_saving == saving) _saving = null;
        _snapshotIndex = saving.Snapshot.Last.Index;
        _snapshotBytes = saving.Snapshot.Length;
        _journal.DeleteTo(saving.ReplacedTo);
        _telemetry.SnapshotEnds("save", saving.Began);
        Log.Debug("{0} has a snapshot of entry {1} with {2} bytes", Id, _snapshotIndex, _snapshotBytes);
        AnswerSnapshotAskers();
    }

    private SnapshotTaken NewestSnapshot() => new(Id, _snapshotIndex, _snapshotBytes);

    private void AnswerSnapshotAskers()
    {
        foreach (var asker in _snapshotAskers) asker.Tell(NewestSnapshot(), Context.Parent);
        _snapshotAskers.Clear();
    }

    private void RefuseSnapshotAskers(string reason)
    {
        foreach (var asker in _snapshotAskers) Refuse(asker, reason);
        _snapshotAskers.Clear();
    }

    private static void Refuse(IActorRef asker, string reason) => asker.Tell(new SnapshotRefused(reason), Context.Parent);
}

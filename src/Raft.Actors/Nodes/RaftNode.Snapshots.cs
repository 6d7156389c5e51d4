using System.Buffers;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>
/// Each node takes snapshots of its own state and drops the entries that they replace (Raft §7, dissertation §5.1). The state
/// machine writes a snapshot while the node continues. The snapshot's parts are appended to the journal between the log's writes,
/// and one event with all other persistent state completes it. The events before it are deleted only when that event is on disk.
/// </summary>
internal sealed partial class RaftNode
{
    private void OnSnapshotWritten(SnapshotWritten written)
    {
        if (written.Purpose == SnapshotPurpose.Journal && _snapshots.OnWritten(written.Index))
            _snapshots.Save(SnapshotOf(written), isInstalled: false);
    }

    private Snapshot SnapshotOf(SnapshotWritten written) => new(
        _log.PointAt(written.Index), new ReadOnlySequence<byte>(written.Bytes), _members.Incarnations.AsOf(written.Index));

    /// <summary>Each write of the log includes one part of the snapshot, so that neither delays the other.</summary>
    void IJournalOwner.AppendSnapshotPart()
    {
        if (_snapshots.NextPart(LastSequenceNr) is not { } part) return;
        _journal.Append(part);
        if (_snapshots.Saving is { IsDrained: true } saving) _journal.WhenDurable(() => OnPartsSaved(saving));
    }

    /// <summary>All parts are on disk: the snapshot replaces entries from here on.</summary>
    private void OnPartsSaved(SnapshotSaving saving)
    {
        if (_snapshots.Saving != saving) return;
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
            _members.Self.Journal == 0 ? null : _members.Self,
            _term,
            _votedFor,
            last,
            saving.Snapshot.Length,
            _log.Start,
            _log.Range(_log.FirstIndex, _log.LastIndex))
        {
            Incarnations = _members.Incarnations.AsOf(_log.Start.Index),
            AwaitsReadmission = _members.AwaitsReadmission,
        });
        _journal.WhenDurable(() => OnSnapshotSaved(saving));
    }

    /// <summary>
    /// The first entry to keep. Entries that followers may lack are kept, and entries after a snapshot that is being sent to a
    /// follower, which needs them next.
    /// </summary>
    private LogIndex FirstKept(LogIndex last)
    {
        var before = _log.BeforeTail(last, _settings.SnapshotKeepEntries, _settings.SnapshotKeepBytes);
        return _current.OutgoingSnapshot() is { } outgoing ? LogIndex.Min(before, outgoing) : before;
    }

    private void OnSnapshotSaved(SnapshotSaving saving)
    {
        _snapshots.OnSaved(saving);
        _journal.DeleteTo(saving.ReplacedTo);
        Log.Debug("{0} has a snapshot of entry {1} with {2} bytes", Id, saving.Snapshot.Last.Index, saving.Snapshot.Length);
        _snapshots.AnswerRequesters();
    }
}

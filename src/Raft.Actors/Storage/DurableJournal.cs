using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// The only way to write to the journal. Memory changes at once; the journal follows, one write at a time, and the changes
/// made during a write become the next write (group commit).
/// <para>
/// Every message that promises something waits until all changes made before it are on disk: a vote, a request for votes in a
/// new term, an acknowledged append, and the leader's counting itself. A leader's AppendEntries (dissertation §10.2.1), and
/// answers that depend on nothing unwritten, don't wait.
/// </para>
/// </summary>
/// <param name="owner">The persistent actor; it makes all calls on its thread.</param>
/// <param name="limits">Limits and timeouts.</param>
internal sealed class DurableJournal(IJournalOwner owner, JournalLimits limits)
{
    private readonly JournalBuffer _unwritten = new(limits.MaxAppendEntries, limits.MaxAppendBytes);
    private readonly Queue<(long Change, Action Action)> _waiting = new();
    private readonly ReplacedEvents _replaced = new();

    /// <summary>Numbers of the changes made, written and durable. Always durable ≤ written ≤ made.</summary>
    private long _changesMade;
    private long _changesWritten;
    private long _changesDurable;

    /// <summary>The newest change of the term, on which every RPC depends, and the newest truncation.</summary>
    private long _termChange;
    private long _truncationChange;

    /// <summary>The log's last index now, and when the write under way began.</summary>
    private LogIndex _lastIndex = LogIndex.Zero;
    private LogIndex _writtenIndex = LogIndex.Zero;

    /// <summary>The number of the last call to the journal, when it was made, and whether a timer watches it.</summary>
    private long _calls;
    private TimeSpan _calledAt;
    private bool _isWatched;

    /// <summary>The newest entry that is on disk with all entries before it.</summary>
    public LogIndex DurableIndex { get; private set; } = LogIndex.Zero;

    /// <summary>Sequence number of the newest event known to be on disk.</summary>
    public long DurableSequenceNr { get; private set; }

    /// <summary>The number of changes that are not on disk yet.</summary>
    public long Unwritten => _changesMade - _changesDurable;

    /// <summary>Whether a write is under way.</summary>
    public bool IsWriting => _changesDurable < _changesWritten;

    /// <summary>Whether a deletion is under way.</summary>
    public bool IsDeleting => _replaced.IsDeleting;

    /// <summary>
    /// Whether the disk has been silent for so long that the other nodes would consider the node dead without its heartbeats. A
    /// slow deletion counts only if writes wait for it.
    /// </summary>
    public bool IsStalled => (IsWriting || IsHeldUp) && owner.Now - _calledAt >= limits.StallTimeout;

    /// <summary>
    /// Whether so many bytes wait for a deletion to end that the node accepts no more (<c>raft.max-pending-bytes</c>). Until then
    /// entries are sent to the followers, which may commit them meanwhile.
    /// </summary>
    private bool IsHeldUp => IsDeleting && _unwritten.Bytes >= limits.MaxPendingBytes;

    /// <summary>All events are replayed.</summary>
    /// <param name="lastIndex">The log's last index.</param>
    /// <param name="deletedTo">Events up to this one are deleted.</param>
    /// <param name="replacedTo">A snapshot replaces the events up to this one.</param>
    public void OnRecovered(LogIndex lastIndex, long deletedTo, long replacedTo)
    {
        DurableIndex = _writtenIndex = _lastIndex = lastIndex;
        DurableSequenceNr = owner.LastSequenceNr;
        _replaced.BeginBehind(deletedTo);
        _replaced.ReplaceTo(replacedTo);
    }

    /// <summary>Adds a change that was made in memory to the next write.</summary>
    public void Append(RaftEvent change)
    {
        _unwritten.Add(change);
        _changesMade++;
        switch (change)
        {
            case EntriesAppended { Entries: [.., var last] }: _lastIndex = last.Index; break;
            case TermStarted or ClusterFormed or ReadmissionSought: _termChange = _changesMade; break;
            case LogTruncated truncated:
                _lastIndex = truncated.From.Previous();
                ForgetAfter(_lastIndex);
                _truncationChange = _changesMade;
                break;
            case SnapshotSaved saved: _lastIndex = saved.Entries is [.., var kept] ? kept.Index : saved.Start.Index; break;
            default: break;
        }
    }

    /// <summary>The log was replaced after this index, so later entries on disk are no longer part of it.</summary>
    public void ForgetAfter(LogIndex index) => DurableIndex = LogIndex.Min(DurableIndex, index);

    /// <summary>Runs an action that depends on all changes made so far, once they are durable; at once if they are.</summary>
    public void WhenDurable(Action action)
    {
        if (_changesDurable == _changesMade) action();
        else _waiting.Enqueue((_changesMade, action));
    }

    /// <summary>Runs an action that depends only on the current term, once it is durable; at once if it is.</summary>
    public void WhenTermDurable(Action action)
    {
        if (_termChange <= _changesDurable) action();
        else WhenDurable(action);
    }

    /// <summary>A snapshot on disk replaces the events up to this one. They are deleted between writes.</summary>
    public void DeleteTo(long sequenceNr) => _replaced.ReplaceTo(sequenceNr);

    /// <summary>
    /// Starts the next write or deletion if none is under way. The node calls it after every message and every write, so that
    /// work for the disk never waits for a later event.
    /// </summary>
    public void Flush()
    {
        if (IsWriting || IsHeldUp) return;
        owner.AppendBatch();
        if (IsDeleting) return;
        if (_replaced.IsTurn)
        {
            DeleteReplaced();
            return;
        }

        owner.AppendSnapshotPart();
        if (!_unwritten.IsEmpty) Write();
        else if (_replaced.IsAny) DeleteReplaced();
    }

    /// <summary>The journal has deleted the events up to this one.</summary>
    public void OnDeleted(long sequenceNr)
    {
        _replaced.OnDeleted(sequenceNr);
        Flush();
    }

    /// <summary>The journal failed to delete events. It tries again when the next snapshot is on disk.</summary>
    public void OnDeleteFailed()
    {
        _replaced.OnFailed();
        Flush();
    }

    /// <summary>Detects a journal that never answers, which would block the node forever (<c>raft.journal-timeout</c>).</summary>
    /// <exception cref="TimeoutException">The journal has not answered since the timer was started.</exception>
    public void OnDeadline(JournalDeadline deadline)
    {
        _isWatched = false;
        if (!IsWriting && !IsDeleting) return;
        if (_calls == deadline.Call)
            throw new TimeoutException(
                $"The journal has not answered for {limits.CallTimeout.TotalSeconds} s (raft.journal-timeout).");
        Watch();
    }

    private void Write()
    {
        _changesWritten = _changesMade;
        _writtenIndex = _lastIndex;
        var events = _unwritten.Drain(owner.CommitIndex);
        var left = events.Count;
        _replaced.OnWrite(left);
        owner.OnWriteBegins(events);
        owner.PersistAllAsync(events, _ =>
        {
            if (--left == 0) OnWritten();
        });
        OnCalled();
    }

    private void OnWritten()
    {
        var isFirst = _changesDurable == 0;
        _changesDurable = _changesWritten;
        DurableSequenceNr = owner.LastSequenceNr;
        owner.OnWriteEnds(isFirst);

        // A later truncation may have removed what was just written. Then its own write sets the index.
        if (_truncationChange <= _changesDurable) DurableIndex = _writtenIndex;
        while (_waiting.TryPeek(out var waiting) && waiting.Change <= _changesDurable)
        {
            _waiting.Dequeue();
            waiting.Action();
        }

        Flush();
    }

    private void DeleteReplaced()
    {
        owner.DeleteMessages(_replaced.BeginDeletion());
        OnCalled();
    }

    private void OnCalled()
    {
        _calls++;
        _calledAt = owner.Now;
        if (!_isWatched) Watch();
    }

    private void Watch()
    {
        _isWatched = true;
        owner.StartTimer(new JournalDeadline(_calls), limits.CallTimeout);
    }
}

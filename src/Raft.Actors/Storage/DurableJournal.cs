using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// The one door to the journal. Memory changes at once; the journal follows, one write at a time, and what changes meanwhile
/// waits and becomes the next write (group commit).
/// <para>
/// What waits for durability: every message that promises something – a vote, a request for votes in a new term, an acknowledged
/// append, the leader counting itself. It leaves when all changes made before it are on disk. What does not wait: a leader's
/// AppendEntries (dissertation §10.2.1) and answers that rest on nothing unwritten.
/// </para>
/// </summary>
/// <param name="owner">The persistent actor; all calls come from its thread.</param>
/// <param name="limits">How much is taken, and how long it may take.</param>
internal sealed class DurableJournal(IJournalOwner owner, JournalLimits limits)
{
    private readonly JournalBuffer _unwritten = new(limits.MaxAppendEntries, limits.MaxAppendBytes);
    private readonly Queue<(long Change, Action Action)> _waiting = new();
    private readonly ReplacedEvents _replaced = new();

    /// <summary>Changes so far, those handed to the journal, and those on disk. Always durable ≤ written ≤ made.</summary>
    private long _changesMade;
    private long _changesWritten;
    private long _changesDurable;

    /// <summary>The newest change that every RPC rests on, and the newest that removed entries.</summary>
    private long _termChange;
    private long _truncationChange;

    /// <summary>Where the log ends, and where it ended when the write under way began.</summary>
    private LogIndex _lastIndex = LogIndex.Zero;
    private LogIndex _writtenIndex = LogIndex.Zero;

    /// <summary>
    /// How often the journal was asked to write or to delete, when it was last, and whether a timer looks after it.
    /// </summary>
    private long _calls;
    private TimeSpan _calledAt;
    private bool _isWatched;

    /// <summary>The newest entry of the log that is on disk with all before it.</summary>
    public LogIndex DurableIndex { get; private set; } = LogIndex.Zero;

    /// <summary>Sequence number of the newest event that is known to be on disk.</summary>
    public long DurableSequenceNr { get; private set; }

    /// <summary>Changes that are not on disk yet.</summary>
    public long Unwritten => _changesMade - _changesDurable;

    /// <summary>Whether the journal writes what was handed to it.</summary>
    public bool IsWriting => _changesDurable < _changesWritten;

    /// <summary>Whether the journal deletes what a snapshot replaces.</summary>
    public bool IsDeleting => _replaced.IsDeleting;

    /// <summary>
    /// Whether the disk takes so long that the others would take the node for dead, if it were not for its heartbeats. Nothing
    /// rests on what is deleted: a deletion may take long, as long as it holds up nobody.
    /// </summary>
    public bool IsStalled => (IsWriting || IsHeldUp) && owner.Now - _calledAt >= limits.StallTimeout;

    /// <summary>
    /// Whether so much waits for a deletion to end that no more is taken (<c>raft.max-pending-bytes</c>). Up to there entries
    /// go to the followers and are committed by them meanwhile.
    /// </summary>
    private bool IsHeldUp => IsDeleting && _unwritten.Bytes >= limits.MaxPendingBytes;

    /// <summary>All events are replayed; what they say is on disk.</summary>
    /// <param name="lastIndex">Where the log ends.</param>
    /// <param name="deletedTo">The events up to this one are deleted.</param>
    /// <param name="replacedTo">A snapshot replaces the events up to this one.</param>
    public void OnRecovered(LogIndex lastIndex, long deletedTo, long replacedTo)
    {
        DurableIndex = _writtenIndex = _lastIndex = lastIndex;
        DurableSequenceNr = owner.LastSequenceNr;
        _replaced.BeginBehind(deletedTo);
        _replaced.ReplaceTo(replacedTo);
    }

    /// <summary>Takes a change that was made in memory; it goes to the journal with the next write.</summary>
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

    /// <summary>The log lost its entries after this one: those on disk are no part of it any more.</summary>
    public void ForgetAfter(LogIndex index) => DurableIndex = LogIndex.Min(DurableIndex, index);

    /// <summary>Does something that rests on all changes made so far, once they are durable: at once, where they are.</summary>
    public void WhenDurable(Action action)
    {
        if (_changesDurable == _changesMade) action();
        else _waiting.Enqueue((_changesMade, action));
    }

    /// <summary>Does something that rests on the current term alone, once that is durable: at once, where it is.</summary>
    public void WhenTermDurable(Action action)
    {
        if (_termChange <= _changesDurable) action();
        else WhenDurable(action);
    }

    /// <summary>A snapshot that is on disk replaces the events up to this one; they are deleted as time allows.</summary>
    public void DeleteTo(long sequenceNr) => _replaced.ReplaceTo(sequenceNr);

    /// <summary>
    /// Gives the disk its next task, where it has none. Ends the handling of every message, and of every task: nothing that waits
    /// for the disk waits for an event that may not come.
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

    /// <summary>The journal deleted the events up to this one.</summary>
    public void OnDeleted(long sequenceNr)
    {
        _replaced.OnDeleted(sequenceNr);
        Flush();
    }

    /// <summary>The journal could not delete events; it is asked again when the next snapshot is on disk.</summary>
    public void OnDeleteFailed()
    {
        _replaced.OnFailed();
        Flush();
    }

    /// <summary>A journal that never answers would block the node for ever (<c>raft.journal-timeout</c>).</summary>
    /// <exception cref="TimeoutException">It has not answered since the timer was started.</exception>
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
        var events = _unwritten.Take(owner.CommitIndex);
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

        // A truncation made since then may have removed what was just written: its own write will tell.
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

using Akka.Actor;
using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>
/// The one door to the journal. Memory changes at once; the journal follows, one write at a time, and what changes
/// meanwhile waits and becomes the next write (group commit).
/// <para>
/// What waits for durability: every message that promises something – a vote, a request for votes in a new term, an
/// acknowledged append, the leader counting itself. It leaves when all changes made before it are on disk. What does not
/// wait: a leader's AppendEntries (dissertation §10.2.1) and answers that rest on nothing unwritten.
/// </para>
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>So many events are deleted at once: about as many as take as long as a write.</summary>
    private const int EventsToDelete = 256;

    private readonly JournalBuffer _unwritten;
    private readonly Queue<(long Change, Action Keep)> _promises = new();

    /// <summary>Changes so far, those handed to the journal, and those on disk. Always durable ≤ written ≤ made.</summary>
    private long _changesMade;
    private long _changesWritten;
    private long _changesDurable;

    /// <summary>The newest change of the term, and the newest that removed entries.</summary>
    private long _termChange;
    private long _truncationChange;

    private LogIndex _writtenIndex = LogIndex.Zero;
    private LogIndex _durableIndex = LogIndex.Zero;

    /// <summary>Sequence number of the newest event that is known to be on disk.</summary>
    private long _durableNr;

    /// <summary>How often the journal was asked to write or to delete, and when it was last.</summary>
    private long _journalCalls;
    private TimeSpan _journalCalledAt;

    /// <summary>Events up to this one are deleted, and those up to that one are to be: a snapshot replaces them.</summary>
    private long _deletedTo;
    private long _deletableTo;
    private bool _isDeleting;

    /// <summary>Events written since the last deletion, while there are events to delete.</summary>
    private int _writtenSinceDelete;

    /// <summary>What the role has for the log; it is asked for it before each write.</summary>
    private Gathering _gathering = Gathering.None;

    /// <summary>
    /// Whether the disk takes so long that the others would take the node for dead, if it were not for its heartbeats. Nothing
    /// rests on what is deleted: a deletion may take long, as long as it holds up nobody.
    /// </summary>
    private bool IsDiskStalled => (IsWriting || IsHeldUp) && Now - _journalCalledAt >= _settings.ElectionTimeoutMax;

    /// <summary>
    /// Whether so much waits for a deletion to end that no more is taken (<c>raft.max-pending-bytes</c>). Up to there entries go to
    /// the followers and are committed by them meanwhile.
    /// </summary>
    private bool IsHeldUp => _isDeleting && _unwritten.Bytes >= _settings.MaxPendingBytes;

    private void StartTerm(Term term, NodeId? votedFor)
    {
        _term = term;
        _votedFor = votedFor;
        Change(new TermStarted(term, votedFor));
        _termChange = _changesMade;
    }

    private void AppendToLog(IReadOnlyList<LogEntry> entries)
    {
        _log.Append(entries);
        _incarnations.Append(entries);
        Change(new EntriesAppended(entries));
    }

    private void TruncateLog(LogIndex from)
    {
        _log.TruncateFrom(from);
        _incarnations.TruncateFrom(from);
        _durableIndex = LogIndex.Min(_durableIndex, from.Previous());
        Change(new LogTruncated(from));
        _truncationChange = _changesMade;
    }

    private void Change(RaftEvent change)
    {
        _unwritten.Add(change);
        _changesMade++;
    }

    /// <summary>Sends a message that promises something, once all changes made so far are durable.</summary>
    private void Promise(IActorRef receiver, object message) => Promise(() => receiver.Tell(message));

    /// <summary>Sends an RPC that promises something, once all changes made so far are durable; it says what it rests on then.</summary>
    private void Promise(IActorRef receiver, RaftRpc rpc) => Promise(() => receiver.Tell(rpc with { Journal = Stamp }));

    /// <summary>Does something that rests on all changes made so far, once they are durable.</summary>
    private void Promise(Action keep)
    {
        if (_changesDurable == _changesMade) keep();
        else _promises.Enqueue((_changesMade, keep));
    }

    /// <summary>Sends a message that rests on the current term alone, once that is durable.</summary>
    private void PromiseTerm(IActorRef receiver, RaftRpc rpc) => PromiseTerm(() => receiver.Tell(rpc with { Journal = Stamp }));

    /// <summary>Does something that rests on the current term alone, once that is durable.</summary>
    private void PromiseTerm(Action keep)
    {
        if (_termChange <= _changesDurable) keep();
        else Promise(keep);
    }

    /// <summary>
    /// Gives the disk its next task, where it has none. Ends the handling of every message, and of every task: nothing that waits
    /// for the disk waits for an event that may not come.
    /// </summary>
    private void Flush()
    {
        if (IsWriting || IsHeldUp) return;
        _gathering.Append();
        if (_isDeleting) return;
        if (IsDeletesTurn)
        {
            DeleteReplaced();
            return;
        }

        AddSnapshotPart();
        if (!_unwritten.IsEmpty) Write();
        else if (IsAnyReplaced) DeleteReplaced();
    }

    private void Write()
    {
        _changesWritten = _changesMade;
        _writtenIndex = _log.LastIndex;
        var events = _unwritten.Take(_commitIndex);
        var left = events.Count;
        if (IsAnyReplaced) _writtenSinceDelete += left;
        _telemetry.WriteBegins(events);
        PersistAllAsync(events, _ =>
        {
            if (--left == 0) OnWritten();
        });
        WatchCall();
    }

    private void OnWritten()
    {
        if (_changesDurable == 0) Context.Parent.Tell(JournalAnswers.Instance);
        _changesDurable = _changesWritten;
        _durableNr = LastSequenceNr;
        _telemetry.WriteEnds();

        // A truncation made since then may have removed what was just written: its own write will tell.
        if (_truncationChange <= _changesDurable) _durableIndex = _writtenIndex;
        while (_promises.TryPeek(out var promise) && promise.Change <= _changesDurable)
        {
            _promises.Dequeue();
            promise.Keep();
        }

        Flush();
    }

    private bool IsAnyReplaced => _deletedTo < _deletableTo;

    /// <summary>
    /// A database has one writer at a time. What is to be written comes first, since clients wait for it; but for each event that
    /// is written one is deleted, so that the journal does not grow.
    /// </summary>
    private bool IsDeletesTurn => IsAnyReplaced && _writtenSinceDelete >= EventsToDelete;

    /// <summary>
    /// Deletes events that the snapshot on disk replaces, as many as take no longer than a write. Nothing rests on it: what is left
    /// is deleted after the next start, or with the next snapshot.
    /// </summary>
    private void DeleteReplaced()
    {
        _isDeleting = true;
        DeleteMessages(Math.Min(_deletedTo + Math.Max(EventsToDelete, _writtenSinceDelete), _deletableTo));
        _writtenSinceDelete = 0;
        WatchCall();
    }

    private void OnDeleted(long deletedTo)
    {
        _isDeleting = false;
        _deletedTo = deletedTo;
        Flush();
    }

    private void OnDeleteFailed(Exception cause)
    {
        _isDeleting = false;
        _deletableTo = _deletedTo;
        Log.Warning(cause, "{0} could not delete events that its snapshot replaces; it tries again with the next one.", Id);
        Flush();
    }

    private void WatchCall()
    {
        _journalCalls++;
        _journalCalledAt = Now;
        if (!Timers.IsTimerActive(nameof(JournalDeadline))) WatchJournal();
    }

    private void WatchJournal() => Timers.StartSingleTimer(
        nameof(JournalDeadline), new JournalDeadline(_journalCalls), _settings.JournalTimeout);

    /// <summary>A journal that never answers would block the node for ever.</summary>
    private void OnJournalDeadline(JournalDeadline deadline)
    {
        if (!IsWriting && !_isDeleting) return;
        if (_journalCalls == deadline.Call)
            throw new TimeoutException(
                $"The journal has not answered for {_settings.JournalTimeout.TotalSeconds} s (raft.journal-timeout).");
        WatchJournal();
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{Node} could not write event {Event}; it stops and recovers from its journal.", Id, sequenceNr);

    /// <summary>Akka.Persistence would only log a rejection and go on, without the event.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Log.Error(cause, "{Node}'s journal rejected event {Event}; it stops and recovers from its journal.", Id, sequenceNr);
        Context.Stop(Self);
    }
}

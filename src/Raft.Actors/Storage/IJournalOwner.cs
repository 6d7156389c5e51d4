using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>What a <see cref="DurableJournal"/> needs from its persistent actor.</summary>
internal interface IJournalOwner
{
    /// <summary>Sequence number of the newest event that was replayed or passed to the journal.</summary>
    long LastSequenceNr { get; }

    /// <summary>The node's commit index.</summary>
    LogIndex CommitIndex { get; }

    /// <summary>The time on the node's monotonic clock.</summary>
    TimeSpan Now { get; }

    /// <summary>Passes events to the journal of Akka.Persistence; the actor continues meanwhile.</summary>
    void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler);

    /// <summary>Makes the journal of Akka.Persistence delete events.</summary>
    /// <param name="toSequenceNr">The newest event to delete.</param>
    void DeleteMessages(long toSequenceNr);

    /// <summary>Passes the deadline to <see cref="DurableJournal.OnDeadline"/> after the timeout.</summary>
    void StartTimer(JournalDeadline deadline, TimeSpan timeout);

    /// <summary>Appends the role's pending proposals to the log, if it may.</summary>
    void AppendBatch();

    /// <summary>Appends the next part of a snapshot, if one is being saved.</summary>
    void AppendSnapshotPart();

    /// <summary>A write of these events begins.</summary>
    void OnWriteBegins(IReadOnlyList<RaftEvent> events);

    /// <summary>A write is done; the actions that waited for it follow.</summary>
    /// <param name="isFirst">Whether it is the first write since the start.</param>
    void OnWriteEnds(bool isFirst);
}

/// <summary>The deadline of a call to the journal.</summary>
/// <param name="Call">The number of the last call when the timer was started.</param>
internal sealed record JournalDeadline(long Call);

/// <summary>The limits and timeouts of a <see cref="DurableJournal"/>.</summary>
/// <param name="MaxAppendEntries">Maximum number of entries in one event.</param>
/// <param name="MaxAppendBytes">Maximum encoded size of the entries in one event, in bytes.</param>
/// <param name="MaxPendingBytes">Maximum encoded size of the entries that wait for a deletion, in bytes.</param>
/// <param name="StallTimeout">Without an answer for this long, the disk counts as stalled.</param>
/// <param name="CallTimeout">Without an answer for this long, the journal counts as dead.</param>
internal sealed record JournalLimits(
    int MaxAppendEntries, int MaxAppendBytes, long MaxPendingBytes, TimeSpan StallTimeout, TimeSpan CallTimeout);

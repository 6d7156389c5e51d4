using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>What a <see cref="DurableJournal"/> needs of the persistent actor that it belongs to.</summary>
internal interface IJournalOwner
{
    /// <summary>Sequence number of the newest event that was replayed or handed to the journal.</summary>
    long LastSequenceNr { get; }

    /// <summary>The newest index that the node knows to be committed.</summary>
    LogIndex CommitIndex { get; }

    /// <summary>Time on the node's clock, which never goes back.</summary>
    TimeSpan Now { get; }

    /// <summary>Hands events to the journal of Akka.Persistence; the actor goes on meanwhile.</summary>
    void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler);

    /// <summary>Asks the journal of Akka.Persistence to delete events.</summary>
    /// <param name="toSequenceNr">The newest one.</param>
    void DeleteMessages(long toSequenceNr);

    /// <summary>Hands the deadline to <see cref="DurableJournal.OnDeadline"/> after a time.</summary>
    void StartTimer(JournalDeadline deadline, TimeSpan timeout);

    /// <summary>Appends what the node's role has taken for the log, where it may.</summary>
    void AppendBatch();

    /// <summary>Appends the next part of a snapshot, where one is being saved.</summary>
    void AppendSnapshotPart();

    /// <summary>These events are handed to the journal now.</summary>
    void OnWriteBegins(IReadOnlyList<RaftEvent> events);

    /// <summary>A write is done; whatever waited for it follows.</summary>
    /// <param name="isFirst">Whether it is the first since the start.</param>
    void OnWriteEnds(bool isFirst);
}

/// <summary>Time to look whether the journal still answers.</summary>
/// <param name="Call">The newest call of the journal when the timer was started.</param>
internal sealed record JournalDeadline(long Call);

/// <summary>How much a <see cref="DurableJournal"/> takes, and how long it waits.</summary>
/// <param name="MaxAppendEntries">Entries in one event, at the most.</param>
/// <param name="MaxAppendBytes">Encoded bytes of the entries in one event, at the most.</param>
/// <param name="MaxPendingBytes">So many encoded bytes of entries wait for a deletion, at the most.</param>
/// <param name="StallTimeout">After so long without an answer the disk counts as stalled.</param>
/// <param name="CallTimeout">After so long without an answer the journal counts as dead.</param>
internal sealed record JournalLimits(
    int MaxAppendEntries, int MaxAppendBytes, long MaxPendingBytes, TimeSpan StallTimeout, TimeSpan CallTimeout);

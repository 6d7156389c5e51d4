using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// Changes that wait for the journal. Small changes that fit into one event are joined, because an event is more expensive than
/// its bytes: consecutive entries up to the limits, and terms, of which only the last one matters. A large batch of entries
/// remains as it is and keeps its encoded form. Pure.
/// </summary>
/// <param name="maxEntries">Maximum number of entries in one event.</param>
/// <param name="maxBytes">Maximum encoded size of the entries in one event, in bytes.</param>
internal sealed class JournalBuffer(int maxEntries, int maxBytes)
{
    /// <summary>To encode fewer bytes again costs less than one more event.</summary>
    private const int LargeBatchBytes = 4096;

    private readonly List<RaftEvent> _events = [];
    private List<LogEntry>? _open;
    private long _openBytes;

    public bool IsEmpty => _events.Count == 0;

    /// <summary>Encoded size of all waiting entries in bytes.</summary>
    public long Bytes { get; private set; }

    public void Add(RaftEvent e)
    {
        if (e is EntriesAppended { Entries: EntryBatch batch } && StaysAsItIs(batch))
        {
            Bytes += batch.EncodedBytes;
        }
        else if (e is EntriesAppended appended)
        {
            foreach (var entry in appended.Entries) Add(entry);
            return;
        }

        _open = null;
        if (e is TermStarted && _events is [.., TermStarted]) _events.RemoveAt(_events.Count - 1);
        _events.Add(e);
    }

    /// <summary>Removes and returns all events in order.</summary>
    /// <param name="committed">The current commit index.</param>
    public IReadOnlyList<RaftEvent> Drain(LogIndex committed)
    {
        RaftEvent[] events =
            [.. _events.Select(e => e is EntriesAppended appended ? appended with { Committed = committed } : e)];
        _events.Clear();
        _open = null;
        Bytes = 0;
        return events;
    }

    private bool StaysAsItIs(EntryBatch batch) =>
        batch.Count <= maxEntries && batch.EncodedBytes <= maxBytes && batch.EncodedBytes >= LargeBatchBytes;

    private void Add(LogEntry entry)
    {
        if (_open is null || _open.Count >= maxEntries || _openBytes + entry.EncodedBytes > maxBytes)
        {
            _open = [];
            _openBytes = 0;
            _events.Add(new EntriesAppended(_open));
        }

        _open.Add(entry);
        _openBytes += entry.EncodedBytes;
        Bytes += entry.EncodedBytes;
    }
}

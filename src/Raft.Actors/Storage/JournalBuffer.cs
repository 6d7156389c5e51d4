using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// Changes that wait for the journal. Changes that fit into one event are joined, because rows are more expensive than bytes:
/// consecutive entries up to the limits, and terms, of which only the last one matters. Pure.
/// </summary>
/// <param name="maxEntries">Maximum number of entries in one event.</param>
/// <param name="maxBytes">Maximum encoded size of the entries in one event, in bytes.</param>
internal sealed class JournalBuffer(int maxEntries, int maxBytes)
{
    private readonly List<RaftEvent> _events = [];
    private List<LogEntry>? _open;
    private int _openBytes;

    public bool IsEmpty => _events.Count == 0;

    /// <summary>Encoded size of all waiting entries in bytes.</summary>
    public long Bytes { get; private set; }

    public void Add(RaftEvent e)
    {
        if (e is EntriesAppended appended)
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

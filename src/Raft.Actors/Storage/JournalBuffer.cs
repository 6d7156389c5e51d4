using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Storage;

/// <summary>
/// Changes that wait for the journal. Those that can be one event are joined, since rows are dear and bytes are cheap:
/// entries that follow each other up to the limits, and terms of which only the last is worth keeping. Pure.
/// </summary>
/// <param name="maxEntries">Entries in one event, at the most.</param>
/// <param name="maxBytes">Encoded bytes of the entries in one event, at the most.</param>
internal sealed class JournalBuffer(int maxEntries, int maxBytes)
{
    private readonly List<RaftEvent> _events = [];
    private List<LogEntry>? _open;
    private int _openBytes;

    public bool IsEmpty => _events.Count == 0;

    /// <summary>Encoded bytes of all entries that wait.</summary>
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

    /// <summary>All events in order; the buffer is empty afterwards.</summary>
    /// <param name="committed">What is known to be committed at this moment.</param>
    public IReadOnlyList<RaftEvent> Take(LogIndex committed)
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

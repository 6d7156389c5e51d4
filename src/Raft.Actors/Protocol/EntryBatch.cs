using System.Collections;

namespace Raft.Actors.Protocol;

/// <summary>
/// Entries that were appended together, with their encoded form. The leader encodes a batch once; the same bytes go into its
/// journal, to its followers, and into their journals. Thread-safe, because connections and journals encode on their own threads.
/// </summary>
internal sealed class EntryBatch : IReadOnlyList<LogEntry>
{
    private readonly LogEntry[] _entries;
    private readonly Lock _once = new();
    private ReadOnlyMemory<byte> _encoded;

    /// <param name="entries">Contiguous entries.</param>
    /// <param name="encoded">Their encoded form, if it is known.</param>
    public EntryBatch(LogEntry[] entries, ReadOnlyMemory<byte> encoded = default)
    {
        _entries = entries;
        _encoded = encoded;
        EncodedBytes = entries.Sum(e => (long)e.EncodedBytes);
    }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>Upper bound of the encoded size in bytes.</summary>
    public long EncodedBytes { get; }

    /// <summary>The entry at a position, counted from 0.</summary>
    public LogEntry this[int position] => _entries[position];

    /// <summary>Returns the encoded form.</summary>
    /// <param name="encode">Encodes the entries, if they are not encoded yet.</param>
    public ReadOnlyMemory<byte> Encoded(Func<IReadOnlyList<LogEntry>, ReadOnlyMemory<byte>> encode)
    {
        lock (_once)
        {
            if (_encoded.IsEmpty) _encoded = encode(_entries);
            return _encoded;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<LogEntry> GetEnumerator() => ((IEnumerable<LogEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using Raft.Actors.Protocol;

namespace Raft.Actors.Log;

/// <summary>
/// The replicated log of one node, in memory (Raft §5.3): the entries that no snapshot has replaced (§7). Pure: it neither writes
/// nor sends. Indexes are contiguous and terms never decrease. An operation that would break this throws, because the caller has
/// a defect.
/// </summary>
internal sealed class RaftLog
{
    private readonly List<LogEntry> _entries = [];

    /// <summary>The newest entries as they were appended, with their encoded form; null if they have changed since.</summary>
    private EntryBatch? _newest;

    /// <summary>The last entry that a snapshot has replaced.</summary>
    public LogPoint Start { get; private set; } = LogPoint.Zero;

    /// <summary>Index of the first entry that the log has, or of its next entry if it is empty.</summary>
    public LogIndex FirstIndex => Start.Index.Next();

    /// <summary>Index of the last entry; 0 if the log never had one.</summary>
    public LogIndex LastIndex => Start.Index + _entries.Count;

    /// <summary>Term of the last entry; 0 if the log never had one.</summary>
    public Term LastTerm => _entries.Count == 0 ? Start.Term : _entries[^1].Term;

    /// <summary>Log time of the last entry; 0 if the log never had one.</summary>
    public TimeSpan LastTime => _entries.Count == 0 ? Start.Time : _entries[^1].Time;

    /// <summary>The entry at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    public LogEntry this[LogIndex index] => _entries[Position(index)];

    /// <summary>The term at <paramref name="index"/>; null after the last entry and before <see cref="Start"/>.</summary>
    public Term? TermAt(LogIndex index) =>
        index == Start.Index ? Start.Term
        : index < Start.Index || index > LastIndex ? null
        : _entries[Position(index)].Term;

    /// <summary>Index, term and time of the entry at <paramref name="index"/>, which may be <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    public LogPoint PointAt(LogIndex index) =>
        index == Start.Index ? Start : new LogPoint(index, this[index].Term, this[index].Time);

    /// <summary>Whether the log has an entry with this index and term.</summary>
    public bool Contains(LogIndex index, Term term) => TermAt(index) == term;

    /// <summary>
    /// Whether entries after this one may be appended (the consistency check, §5.3). Entries that a snapshot replaced are
    /// committed, so every leader has the same ones.
    /// </summary>
    public bool Fits(LogIndex previousIndex, Term previousTerm) =>
        previousIndex < Start.Index || Contains(previousIndex, previousTerm);

    /// <summary>
    /// Whether a log that ends with the given entry is at least as up to date as this one: the later last term wins; with equal
    /// terms the longer log wins (§5.4.1).
    /// </summary>
    public bool IsNoNewerThan(LogIndex lastIndex, Term lastTerm) =>
        lastTerm > LastTerm || (lastTerm == LastTerm && lastIndex >= LastIndex);

    /// <summary>Adds entries at the end.</summary>
    /// <exception cref="InvalidOperationException">The entries do not follow the last one; the message contains both.</exception>
    public void Append(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Index != LastIndex.Next() || entry.Term < LastTerm)
                throw new InvalidOperationException(
                    $"Entry {entry.Index} of term {entry.Term} does not follow entry {LastIndex} of term {LastTerm}.");
            _entries.Add(entry);
        }

        if (entries.Count > 0) _newest = entries as EntryBatch;
    }

    /// <summary>Removes the entry at <paramref name="from"/> and all after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    public void TruncateFrom(LogIndex from)
    {
        var position = Position(from);
        _entries.RemoveRange(position, _entries.Count - position);
        _newest = null;
    }

    /// <summary>Drops the entries up to <paramref name="last"/>, which a snapshot replaces (§7).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    public void Compact(LogIndex last)
    {
        var start = PointAt(last);
        _entries.RemoveRange(0, (int)(last - Start.Index));
        _newest = null;
        Start = start;
    }

    /// <summary>Drops all entries, because a snapshot replaces the whole log (§7).</summary>
    /// <param name="start">The last entry that the snapshot replaces.</param>
    public void Restart(LogPoint start)
    {
        _entries.Clear();
        _newest = null;
        Start = start;
    }

    /// <summary>
    /// The index after which the longest tail starts that ends at <paramref name="last"/> and is within both limits.
    /// </summary>
    /// <param name="last">Last entry of the tail: an entry of the log, or <see cref="Start"/>.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    /// <param name="maxBytes">Maximum of their encoded size in bytes.</param>
    public LogIndex BeforeTail(LogIndex last, int maxEntries, long maxBytes)
    {
        var before = last;
        var bytes = 0L;
        while (before > Start.Index && last - before < maxEntries)
        {
            bytes += this[before].EncodedBytes;
            if (bytes > maxBytes) break;
            before = before.Previous();
        }

        return before;
    }

    /// <summary>
    /// Entries from <paramref name="from"/> on, as many as both limits allow, but at least one if there is one.
    /// </summary>
    /// <param name="from">The first index; not before <see cref="FirstIndex"/>.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    /// <param name="maxBytes">Maximum of their encoded size in bytes.</param>
    public IReadOnlyList<LogEntry> Slice(LogIndex from, int maxEntries, int maxBytes)
    {
        if (from > LastIndex) return [];
        if (_newest is { } newest && newest[0].Index == from && newest.Count <= maxEntries && newest.EncodedBytes <= maxBytes)
            return newest;
        var start = Position(from);
        var bytes = 0L;
        var count = 0;
        while (count < maxEntries && start + count < _entries.Count)
        {
            bytes += _entries[start + count].EncodedBytes;
            if (count > 0 && bytes > maxBytes) break;
            count++;
        }

        return _entries.GetRange(start, count);
    }

    /// <summary>
    /// Entries from <paramref name="from"/> to <paramref name="to"/>, both included; empty if <paramref name="to"/> is lower.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The log does not have all of them.</exception>
    public IReadOnlyList<LogEntry> Range(LogIndex from, LogIndex to) =>
        from > to ? [] : _entries.GetRange(Position(from), Position(to) - Position(from) + 1);

    /// <summary>
    /// Compares a leader's entries with this log (§5.3). Entries that the log or its snapshot already has are skipped, and only a
    /// conflicting entry truncates: a delayed message must not remove entries that it does not contradict.
    /// </summary>
    public LogDifference Compare(IReadOnlyList<LogEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var term = TermAt(entries[i].Index);
            if (term == entries[i].Term || entries[i].Index < Start.Index) continue;
            return new LogDifference(term is null ? null : entries[i].Index, i == 0 ? entries : [.. entries.Skip(i)]);
        }

        return LogDifference.None;
    }

    /// <summary>
    /// Where a leader should continue its search for the last common entry after <paramref name="rejected"/> did not match: one
    /// step per term instead of one per entry (end of §5.3).
    /// </summary>
    public LogConflict ConflictAt(LogIndex rejected) =>
        TermAt(rejected) is { } term && rejected > LogIndex.Zero
            ? new LogConflict(term, LogIndex.Min(FirstIndexOf(term), rejected))
            : new LogConflict(null, LastIndex.Next());

    /// <summary>Last index of <paramref name="term"/>; null if the log has no entry of that term.</summary>
    public LogIndex? LastIndexOf(Term term)
    {
        var next = FirstIndexOf(term.Next());
        return Contains(next.Previous(), term) && next > new LogIndex(1) ? next.Previous() : null;
    }

    /// <summary>First index whose term is <paramref name="term"/> or newer, by binary search: terms never decrease.</summary>
    private LogIndex FirstIndexOf(Term term)
    {
        int low = 0, high = _entries.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_entries[middle].Term < term) low = middle + 1;
            else high = middle;
        }

        return FirstIndex + low;
    }

    private int Position(LogIndex index) =>
        index >= FirstIndex && index <= LastIndex
            ? (int)(index - FirstIndex)
            : throw new ArgumentOutOfRangeException(
                nameof(index), $"The log has entries {FirstIndex} to {LastIndex}; {index} was requested.");
}

/// <summary>What a follower has to change to hold a leader's entries.</summary>
/// <param name="TruncateFrom">The follower's first entry that conflicts with the leader's; null if none does.</param>
/// <param name="Missing">The leader's entries that the follower lacks, after truncation.</param>
internal sealed record LogDifference(LogIndex? TruncateFrom, IReadOnlyList<LogEntry> Missing)
{
    /// <summary>No change.</summary>
    public static readonly LogDifference None = new(null, []);
}

/// <summary>A follower's hint for the leader's search for the last common entry (end of Raft §5.3).</summary>
/// <param name="Term">The follower's term at the rejected index; null if its log is too short.</param>
/// <param name="Index">First index of that term, or the index after the follower's last entry.</param>
internal readonly record struct LogConflict(Term? Term, LogIndex Index);

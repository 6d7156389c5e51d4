using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// The terms of the log on a disk, event by event. A single write can append entries and remove them again, which the view of
/// the disk after the write does not show.
/// </summary>
internal sealed class DiskTerms
{
    private readonly List<Term> _terms = [];

    /// <summary>Index of the last entry.</summary>
    public LogIndex LastIndex => new(_terms.Count);

    /// <summary>Returns the term at an index: 0 before the first entry, null after the last.</summary>
    public Term? TermAt(LogIndex index) =>
        index == LogIndex.Zero ? Term.Zero
        : index < LogIndex.Zero || index > LastIndex ? null
        : _terms[(int)index.Value - 1];

    /// <summary>Adds an entry; ignores an entry that does not follow the last one.</summary>
    public void Append(LogEntry entry)
    {
        if (entry.Index == LastIndex.Next()) _terms.Add(entry.Term);
    }

    /// <summary>
    /// Ends the log with the entry after which a snapshot keeps entries. If the log before it is a different one, its terms are
    /// unknown.
    /// </summary>
    public void EndAt(LogPoint start)
    {
        var count = (int)start.Index.Value;
        if (TermAt(start.Index) == start.Term)
        {
            _terms.RemoveRange(count, _terms.Count - count);
            return;
        }

        _terms.Clear();
        _terms.AddRange(Enumerable.Repeat(start.Term, count));
    }

    /// <summary>Removes the entry at an index and all entries after it.</summary>
    public void Truncate(LogTruncated truncated)
    {
        var position = (int)Math.Clamp(truncated.From.Value - 1, 0, _terms.Count);
        _terms.RemoveRange(position, _terms.Count - position);
    }
}

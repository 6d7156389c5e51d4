using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// Which journal of each member counts, as the log says: those that the cluster was founded with, and each entry that readmits a
/// member since. The newest entry in the log counts, committed or not, as with any configuration (Raft §6). Pure.
/// </summary>
internal sealed class MemberIncarnations
{
    private readonly List<(LogIndex Index, Incarnation Member)> _readmissions = [];
    private readonly Dictionary<NodeId, long> _start = [];

    /// <summary>All that the log names, by name.</summary>
    public IReadOnlyList<Incarnation> All => AsOf(LogIndex.Limit);

    /// <summary>Begins anew.</summary>
    /// <param name="incarnations">What the log names up to where it starts.</param>
    public void Restart(IEnumerable<Incarnation> incarnations)
    {
        _readmissions.Clear();
        _start.Clear();
        foreach (var member in incarnations) _start[member.Node] = member.Journal;
    }

    /// <summary>Takes note of entries that the log got.</summary>
    public void Append(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == EntryKind.Readmission && Incarnation.Decode(entry.Command.Span) is { } member)
                _readmissions.Add((entry.Index, member));
        }
    }

    /// <summary>The log lost its entries from this one on.</summary>
    public void TruncateFrom(LogIndex from) => _readmissions.RemoveAll(r => r.Index >= from);

    /// <summary>The number of the journal that the log names; 0 where it names none.</summary>
    public long JournalOf(NodeId member)
    {
        for (var i = _readmissions.Count - 1; i >= 0; i--)
        {
            if (_readmissions[i].Member.Node == member) return _readmissions[i].Member.Journal;
        }

        return _start.GetValueOrDefault(member);
    }

    /// <summary>
    /// Whether what the member promises counts: on the journal that the log names. A log that names none takes any, since it is
    /// older than such numbers.
    /// </summary>
    public bool Counts(NodeId member, JournalStamp journal) =>
        !journal.AwaitsReadmission && (JournalOf(member) is var named && (named == 0 || named == journal.Number));

    /// <summary>What the log up to an entry names, by name.</summary>
    public IReadOnlyList<Incarnation> AsOf(LogIndex index)
    {
        var named = new SortedDictionary<string, Incarnation>(StringComparer.Ordinal);
        foreach (var (node, journal) in _start) named[node.Value] = new Incarnation(node, journal);
        foreach (var (at, member) in _readmissions)
        {
            if (at <= index) named[member.Node.Value] = member;
        }

        return [.. named.Values];
    }
}

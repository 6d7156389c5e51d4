using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// Which journal of each member counts, according to the log: the journals that the cluster was bootstrapped with, and each later
/// entry that readmits a member. The newest entry counts, committed or not, as with any configuration (Raft §6). Pure.
/// </summary>
internal sealed class MemberIncarnations
{
    private readonly List<(LogIndex Index, Incarnation Member)> _readmissions = [];
    private readonly Dictionary<NodeId, long> _start = [];

    /// <summary>All incarnations that the log names, ordered by name.</summary>
    public IReadOnlyList<Incarnation> All => AsOf(LogIndex.Limit);

    /// <summary>Replaces all incarnations.</summary>
    /// <param name="incarnations">The incarnations as of the start of the log.</param>
    public void Restart(IEnumerable<Incarnation> incarnations)
    {
        _readmissions.Clear();
        _start.Clear();
        foreach (var member in incarnations) _start[member.Node] = member.Journal;
    }

    /// <summary>Records the readmissions among entries appended to the log.</summary>
    public void Append(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == EntryKind.Readmission && Incarnation.Decode(entry.Command.Span) is { } member)
                _readmissions.Add((entry.Index, member));
        }
    }

    /// <summary>Removes the readmissions among entries truncated from the log.</summary>
    public void TruncateFrom(LogIndex from) => _readmissions.RemoveAll(r => r.Index >= from);

    /// <summary>The number of the journal that the log names for a member; 0 if it names none.</summary>
    public long JournalOf(NodeId member)
    {
        for (var i = _readmissions.Count - 1; i >= 0; i--)
        {
            if (_readmissions[i].Member.Node == member) return _readmissions[i].Member.Journal;
        }

        return _start.GetValueOrDefault(member);
    }

    /// <summary>
    /// Whether a member's vote or acknowledgement counts, because its journal is the one that the log names. If the log names
    /// none, every journal counts, because the log is from before incarnations existed.
    /// </summary>
    public bool Counts(NodeId member, JournalStamp journal) =>
        !journal.AwaitsReadmission && (JournalOf(member) is var named && (named == 0 || named == journal.Number));

    /// <summary>The incarnations that the log up to an entry names, ordered by name.</summary>
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

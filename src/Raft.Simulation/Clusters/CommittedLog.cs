using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;

namespace Raft.Simulation.Clusters;

/// <summary>
/// All entries that were ever committed. Nodes drop the entries that a snapshot replaces; with these entries their logs are
/// complete again, so that checks can compare whole logs.
/// </summary>
internal sealed class CommittedLog
{
    private readonly List<LogEntry> _entries = [];

    /// <summary>Records the entries that a node committed before any other node did.</summary>
    public void Observe(NodeChange change)
    {
        var log = change.Node.Log;
        while (_entries.Count < change.After.CommitIndex.Value && log.TermAt(new LogIndex(_entries.Count + 1)) is not null
            && log.FirstIndex.Value <= _entries.Count + 1)
            _entries.Add(log[new LogIndex(_entries.Count + 1)]);
    }

    /// <summary>
    /// Truncates or extends a log so that it ends with the entry after which a node's own log starts. Keeps the log up to there
    /// if that entry is the same, and otherwise replaces it by the committed entries. If these are not known, the log starts
    /// there too.
    /// </summary>
    /// <returns>The first index at which the log may have changed.</returns>
    public LogIndex EndAt(RaftLog log, LogPoint start)
    {
        var common = LogIndex.Min(log.LastIndex, start.Index);
        if (!log.Contains(start.Index, start.Term))
        {
            if (start.Index.Value > _entries.Count || _entries[(int)start.Index.Value - 1].Term != start.Term)
            {
                log.Restart(start);
                return new LogIndex(1);
            }

            while (common > log.Start.Index && log.TermAt(common) != _entries[(int)common.Value - 1].Term)
                common = common.Previous();
        }

        if (log.LastIndex > common) log.TruncateFrom(common.Next());
        if (common < start.Index) log.Append(_entries[(int)common.Value..(int)start.Index.Value]);
        return common.Next();
    }
}

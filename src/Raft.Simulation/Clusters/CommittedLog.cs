using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;

namespace Raft.Simulation.Clusters;

/// <summary>
/// Every entry that was ever committed. Nodes drop entries that a snapshot replaces; with those of here their logs are whole
/// again, so that properties of logs can be judged over all of them.
/// </summary>
internal sealed class CommittedLog
{
    private readonly List<LogEntry> _entries = [];

    /// <summary>Takes what a node committed and nobody did before.</summary>
    public void Observe(NodeChange change)
    {
        var log = change.Node.Log;
        while (_entries.Count < change.After.CommitIndex.Value && log.TermAt(new LogIndex(_entries.Count + 1)) is not null
            && log.FirstIndex.Value <= _entries.Count + 1)
            _entries.Add(log[new LogIndex(_entries.Count + 1)]);
    }

    /// <summary>
    /// Ends a log with the entry that a node's own log starts behind: what the log has up to there is kept where it is the same,
    /// and else replaced by what is committed. Where that is not known, the log starts there too.
    /// </summary>
    /// <returns>The first index that may differ from before.</returns>
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

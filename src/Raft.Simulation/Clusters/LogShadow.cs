using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Clusters;

/// <summary>What a log was when it was last looked at, to find what changed since in time that grows with the change alone.</summary>
internal sealed class LogShadow
{
    private readonly List<LogEntry> _entries = [];

    /// <returns>The first index at which the log differs from before; null where it does not.</returns>
    public LogIndex? FirstChange(RaftLog log)
    {
        var last = (int)log.LastIndex.Value;
        var common = Math.Min(last, _entries.Count);
        while (common > 0 && !ReferenceEquals(log[new LogIndex(common)], _entries[common - 1])) common--;
        if (common == last && common == _entries.Count) return null;

        _entries.RemoveRange(common, _entries.Count - common);
        for (var index = common + 1; index <= last; index++) _entries.Add(log[new LogIndex(index)]);
        return new LogIndex(common + 1);
    }
}

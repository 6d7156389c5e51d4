using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Clusters;

/// <summary>
/// A node's log with the entries that snapshots replaced. It follows the node's own log at a cost that depends only on what
/// changed, and knows what changed.
/// </summary>
/// <param name="committed">The entries that snapshots replace.</param>
internal sealed class LogShadow(CommittedLog committed)
{
    private readonly RaftLog _whole = new();
    private RaftLog _followed = new();
    private LogIndex? _changed;

    /// <summary>The complete log as it is now.</summary>
    public RaftLog Whole
    {
        get
        {
            Follow();
            return _whole;
        }
    }

    /// <summary>Follows this log from now on.</summary>
    /// <returns>The first index at which the complete log differs from the previous call; null if it does not.</returns>
    public LogIndex? FirstChange(RaftLog log)
    {
        _followed = log;
        Follow();
        var changed = _changed;
        _changed = null;
        return changed;
    }

    private void Follow()
    {
        var start = _followed.Start;
        var common = LogIndex.Min(_followed.LastIndex, _whole.LastIndex);
        while (common > start.Index && !ReferenceEquals(_followed[common], _whole[common])) common = common.Previous();
        var isStartKnown = common > start.Index || _whole.Contains(start.Index, start.Term);
        if (isStartKnown && common == _followed.LastIndex && common == _whole.LastIndex) return;

        var changed = common.Next();
        if (!isStartKnown) (changed, common) = (committed.EndAt(_whole, start), start.Index);
        else if (_whole.LastIndex > common) _whole.TruncateFrom(changed);
        _whole.Append(_followed.Range(common.Next(), _followed.LastIndex));
        _changed = LogIndex.Min(changed, _changed ?? changed);
    }
}

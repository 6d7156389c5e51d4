using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// A disk that has a committed entry never loses it (Raft §5.4.3): only what contradicts a leader is removed, and no leader
/// contradicts what is committed.
/// </summary>
public sealed class CommittedStaysOnDisk : Check
{
    private readonly CommittedEntries _committed = new();
    private readonly PerNode<DiskTerms> _disks = new();

    /// <inheritdoc/>
    public override string Name => "committed stays on disk";

    /// <inheritdoc/>
    public override string Source => "Raft §5.4.3";

    /// <inheritdoc/>
    public override void OnNodeChanged(ClusterView cluster, NodeChange change) => _committed.Observe(change);

    /// <inheritdoc/>
    public override void OnWritten(ClusterView cluster, NodeView node, IReadOnlyList<RaftEvent> events)
    {
        var disk = _disks[node];
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case EntriesAppended appended:
                    foreach (var entry in appended.Entries) disk.Append(entry);
                    break;
                case LogTruncated truncated:
                    Compare(node, disk, truncated);
                    disk.Truncate(truncated);
                    break;
            }
        }
    }

    private void Compare(NodeView node, DiskTerms disk, LogTruncated truncated)
    {
        Examine();
        for (var index = truncated.From; index <= disk.LastIndex && index <= _committed.Last; index = index.Next())
        {
            if (index > LogIndex.Zero && disk.TermAt(index) == _committed[index].Term)
                throw Violated(
                    _committed[index].ToString(),
                    $"it was removed from the disk of {node} with all entries from {truncated.From} on");
        }
    }
}

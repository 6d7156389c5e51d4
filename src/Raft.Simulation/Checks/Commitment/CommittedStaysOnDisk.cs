using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Commitment;

/// <summary>
/// A committed entry stays on the disks of a majority (Raft §5.4.3). One disk may lose it: a node that has not heard of the
/// term in which the entry was committed still follows an older leader, which may contradict it.
/// </summary>
internal sealed class CommittedStaysOnDisk : Check
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
                    Compare(cluster, node, disk, truncated.From);
                    disk.Truncate(truncated);
                    break;
                case SnapshotSaved saved:
                    Compare(cluster, node, disk, saved.Last.Index.Next());
                    disk.EndAt(saved.Start);
                    foreach (var entry in saved.Entries) disk.Append(entry);
                    break;
            }
        }
    }

    private void Compare(ClusterView cluster, NodeView node, DiskTerms disk, LogIndex from)
    {
        Examine();
        for (var index = from; index <= disk.LastIndex && index <= _committed.Last; index = index.Next())
        {
            if (index == LogIndex.Zero || disk.TermAt(index) != _committed[index].Term) continue;
            var left = Disks.Holding(cluster, index, _committed[index].Term);
            if (left < cluster.Majority)
                throw Violated(
                    _committed[index].ToString(),
                    $"{node} removed entries from {from} on, and {left} of {cluster.VoterCount} disks have it now");
        }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>Counts entries on the disks of all nodes.</summary>
internal static class Disks
{
    /// <summary>
    /// Returns how many disks hold the entry of this index and term in their log, including disks that lost data, because they
    /// may have held it. Leader completeness detects if too few remain.
    /// </summary>
    public static int Holding(ClusterView cluster, LogIndex index, Term term)
    {
        var count = 0;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            var node = cluster.Nodes[i];
            if (node.HasLostData || node.Disk.Log.TermAt(index) == term) count++;
        }

        return count;
    }
}

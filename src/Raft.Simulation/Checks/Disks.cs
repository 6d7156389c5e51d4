using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>Queries about the disks of all nodes.</summary>
internal static class Disks
{
    /// <summary>
    /// How many disks hold the entry of this index and term in their log. One that lost something may have held it: whether too
    /// few are left, leader completeness tells.
    /// </summary>
    public static int Holding(ClusterView cluster, LogIndex index, Term term)
    {
        var count = 0;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            var node = cluster.Nodes[i];
            if (node.IsForgetful || node.Disk.Log.TermAt(index) == term) count++;
        }

        return count;
    }
}

using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>Questions about the disks of all nodes.</summary>
internal static class Disks
{
    /// <summary>How many disks hold the entry of this index and term in their log.</summary>
    public static int Holding(ClusterView cluster, LogIndex index, Term term)
    {
        var count = 0;
        for (var i = 0; i < cluster.Nodes.Count; i++)
        {
            if (cluster.Nodes[i].Disk.Log.TermAt(index) == term) count++;
        }

        return count;
    }
}

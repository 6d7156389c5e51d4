using Raft.Simulation.Faults;

namespace Raft.Simulation.Clusters;

/// <summary>Injects the faults of disks and ends them.</summary>
internal sealed class DiskFaults(SimulatedWorld world)
{
    /// <returns>An action that ends the fault.</returns>
    public Action Begin(Fault fault, SimulatedNode node)
    {
        var trouble = node.Disk.Trouble;
        switch (fault.Kind)
        {
            case FaultKind.SlowDisk:
                var slowness = TimeSpan.FromMilliseconds(fault.Strength);
                trouble.Slowness += slowness;
                return () => trouble.Slowness -= slowness;
            case FaultKind.StalledDisk:
                var end = world.Loop.Now + fault.Duration;
                if (trouble.StalledUntil < end) trouble.StalledUntil = end;
                return () => { };
            case FaultKind.FailingWrites:
                trouble.Failures += fault.Strength;
                return () => trouble.Failures -= fault.Strength;
            case FaultKind.RejectedWrites:
                trouble.Rejections += fault.Strength;
                return () => trouble.Rejections -= fault.Strength;
            case FaultKind.FalseFailures:
                trouble.FalseFailures += fault.Strength;
                return () => trouble.FalseFailures -= fault.Strength;
            case FaultKind.UnreadableJournal:
                trouble.UnreadableFaults++;
                return () => trouble.UnreadableFaults--;
            case FaultKind.BlankDisk or FaultKind.TruncatedJournal:
                return Lose(fault, node);
            default:
                return Damage(fault, node);
        }
    }

    /// <summary>
    /// Fewer than a majority of nodes may lose data. The others remember all promises; with fewer nodes nothing could be
    /// required.
    /// </summary>
    private Action Lose(Fault fault, SimulatedNode node)
    {
        var lost = world.Nodes.Count(other => other != node && (other.View.HasLostData || other.IsDamaged));
        var isBootstrapped = world.Nodes.Count(other => other.View.Disk.Cluster is not null) >= world.Observer.Cluster.VoterCount;
        if (lost >= world.Observer.Cluster.VoterCount - world.Observer.Cluster.Majority || node.IsDamaged || !isBootstrapped
            || node.View.Disk.Cluster is null)
            return () => { };

        node.Crash("crash; its disk loses data");
        if (fault.Kind == FaultKind.BlankDisk) node.LoseDisk(isNoticed: fault.Strength < 0.5);
        else node.TruncateJournal(fault.Strength);
        return () => node.Start("restart with the remaining data");
    }

    /// <summary>
    /// The bit flips while the node is down. The node starts with the damaged journal, and its backup is restored in the end.
    /// </summary>
    private static Action Damage(Fault fault, SimulatedNode node)
    {
        if (node.IsDamaged || node.Disk.Rows == 0) return () => { };
        node.Crash("crash; a bit flips in its journal");
        var row = (int)(fault.Strength * node.Disk.Rows);
        node.Disk.FlipBit(row);
        node.IsDamaged = true;
        node.Start("restart with a damaged journal");
        return () =>
        {
            node.Crash("stopped, to restore its journal");
            node.Disk.FlipBit(row);
            node.IsDamaged = false;
            node.Start("restart with its restored journal");
        };
    }
}

using Raft.Simulation.Faults;

namespace Raft.Simulation.Clusters;

/// <summary>Faults of disks: what each does, and how to take it back.</summary>
internal sealed class DiskFaults(SimulatedWorld world)
{
    /// <returns>What ends the fault.</returns>
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
            case FaultKind.BlankDisk or FaultKind.OlderDisk:
                return Lose(fault, node);
            default:
                return Damage(fault, node);
        }
    }

    /// <summary>What is left of a majority remembers all that was promised; of fewer, nothing could be demanded.</summary>
    private Action Lose(Fault fault, SimulatedNode node)
    {
        var lost = world.Nodes.Count(other => other != node && (other.View.IsForgetful || other.IsDamaged));
        var isFounded = world.Nodes.Count(other => other.View.Disk.Cluster is not null) >= world.Observer.Cluster.VoterCount;
        if (lost >= world.Observer.Cluster.VoterCount - world.Observer.Cluster.Majority || node.IsDamaged || !isFounded
            || node.View.Disk.Cluster is null)
            return () => { };

        node.Crash("crash; its disk loses what it had");
        if (fault.Kind == FaultKind.BlankDisk) node.LoseDisk(isNoticed: fault.Strength < 0.5);
        else node.LoseEndOfDisk(fault.Strength);
        return () => node.Start("restart on what its disk has left");
    }

    /// <summary>The node is down while the bit flips, starts on the damaged journal, and gets its backup in the end.</summary>
    private static Action Damage(Fault fault, SimulatedNode node)
    {
        if (node.IsDamaged || node.Disk.Rows == 0) return () => { };
        node.Crash("crash; a bit of its journal flips");
        var row = (int)(fault.Strength * node.Disk.Rows);
        node.Disk.FlipBit(row);
        node.IsDamaged = true;
        node.Start("restart on a damaged journal");
        return () =>
        {
            node.Crash("stopped, to restore its journal");
            node.Disk.FlipBit(row);
            node.IsDamaged = false;
            node.Start("restart on its restored journal");
        };
    }
}

using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Simulation.Faults;

namespace Raft.Simulation.Clusters;

/// <summary>Injects each fault at its start and ends it at its end.</summary>
internal sealed class FaultInjector(SimulatedWorld world)
{
    private static readonly TimeSpan LatestCrash = TimeSpan.FromMilliseconds(200);
    private readonly DiskFaults _disks = new(world);
    private readonly NetworkFaults _network = new(world);

    public void Arm(IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults) world.Loop.Schedule(fault.At, () => Begin(fault));
    }

    private void Begin(Fault fault)
    {
        world.Observer.OnFault(fault);
        var end = fault.Kind switch
        {
            FaultKind.Crash => Crash(fault),
            FaultKind.CrashAll => CrashAll(),
            FaultKind.Pause => Pause(Victim(fault)),
            FaultKind.ClockDrift => Drift(Victim(fault), fault.Strength),
            FaultKind.ClockJump => Jump(Victim(fault), TimeSpan.FromMilliseconds(fault.Strength)),
            FaultKind.LeadershipTransfer => Transfer(fault),
            FaultKind.SlowDisk or FaultKind.StalledDisk or FaultKind.FailingWrites or FaultKind.RejectedWrites
                or FaultKind.FalseFailures or FaultKind.UnreadableJournal or FaultKind.DamagedJournal
                or FaultKind.BlankDisk or FaultKind.TruncatedJournal
                => _disks.Begin(fault, Victim(fault)),
            _ => _network.Begin(fault),
        };
        world.Loop.Schedule(fault.Duration, end);
    }

    private SimulatedNode Victim(Fault fault) => world.Nodes[fault.Nodes[0]];

    /// <summary>
    /// Crashes the node after it has handled this many messages: anywhere between receiving and answering, or writing and
    /// sending.
    /// </summary>
    private Action Crash(Fault fault)
    {
        var node = Victim(fault);
        var process = node.Process;
        void Die()
        {
            if (process is { IsDead: false }) node.Crash("crash");
        }

        process?.DieAfter((int)fault.Strength, Die);
        world.Loop.Schedule(LatestCrash, Die);
        return () =>
        {
            Die();
            node.Start("restart");
        };
    }

    private Action CrashAll()
    {
        foreach (var node in world.Nodes) node.Crash("crash of all nodes");
        return () =>
        {
            foreach (var node in world.Nodes) node.Start("restart of all nodes");
        };
    }

    private Action Pause(SimulatedNode node)
    {
        if (node.Process is not { IsPaused: false } process) return () => { };
        process.Pause(world.Loop);
        return () => process.Resume(world.Loop);
    }

    private Action Drift(SimulatedNode node, double rate)
    {
        SetRate(node, rate);
        return () => SetRate(node, 1);
    }

    private void SetRate(SimulatedNode node, double rate)
    {
        node.View.ClockRate = rate;
        node.Process?.SetClockRate(rate, world.Loop.Now);
    }

    /// <summary>
    /// Asks the first node to transfer the leadership to the second or, if there is none, to the node that the leader chooses.
    /// </summary>
    private Action Transfer(Fault fault)
    {
        NodeId? target = fault.Nodes.Count > 1 ? world.Nodes[fault.Nodes[1]].View.Id : null;
        Victim(fault).Process?.Root.Tell(new TransferLeadership(target), ActorRefs.NoSender);
        return () => { };
    }

    private static Action Jump(SimulatedNode node, TimeSpan error)
    {
        if (node.Process is { } process) process.WallClockError += error;
        return () => { };
    }
}

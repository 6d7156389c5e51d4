using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>Starts and ends of processes.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Starts nodes on what is on their disks.</summary>
    /// <param name="nodes">Which; null for all.</param>
    /// <returns>The cluster.</returns>
    public SimulatedCluster Start(string? nodes = null)
    {
        foreach (var node in nodes is null ? _world.Nodes : Nodes(nodes)) node.Start("start");
        foreach (var client in _hasStarted ? [] : _world.Clients) client.Start();
        _hasStarted = true;
        Settle();
        return this;
    }

    /// <summary>
    /// Machines lose their power, all at the same moment: nothing in them runs again, not even to say goodbye. What was not on
    /// the disk is lost, but for a write under way.
    /// </summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="unfinished">What becomes of a write that is under way; see <see cref="HoldDisk"/>.</param>
    public void Crash(string nodes, UnfinishedWrite unfinished = UnfinishedWrite.Lost)
    {
        foreach (var node in Nodes(nodes)) Crash(node, unfinished);
        Settle();
    }

    /// <summary>The node's process dies when its actors have handled so many more messages.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="messages">How many; at least 1. Supervisor, node and state machine count together.</param>
    public void CrashAfter(string node, int messages)
    {
        var victim = Node(node);
        victim.Process?.DieAfter(messages, () => Crash(victim, UnfinishedWrite.Lost));
    }

    /// <summary>The nodes are stopped in good order: their clients are answered. Then their processes end.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void Stop(string nodes)
    {
        foreach (var node in Nodes(nodes))
        {
            if (node.Process is { } process) _world.System.Stop(process.Root);
        }

        Settle();
        foreach (var node in Nodes(nodes)) Crash(node, UnfinishedWrite.Lost);
    }

    /// <summary>Starts nodes again, on what is on their disks. One that still runs loses its power before.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void Restart(string nodes)
    {
        Crash(nodes);
        foreach (var node in Nodes(nodes)) node.Start("restart");
        Settle();
    }

    /// <summary>Nothing runs in these processes until <see cref="Resume"/>; what is sent to them waits.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void Pause(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Process?.Pause(_world.Loop);
        Settle();
    }

    /// <summary>The processes go on, with all that waited for them.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void Resume(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Process?.Resume(_world.Loop);
        Settle();
    }

    private static void Crash(SimulatedNode node, UnfinishedWrite unfinished)
    {
        node.Disk.KeptAtCrash = unfinished == UnfinishedWrite.Done ? 1 : 0;
        node.Disk.IsHeld = false;
        node.Crash("crash");
    }
}

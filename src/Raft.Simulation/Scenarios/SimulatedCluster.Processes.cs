using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>Starting and ending processes.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>Starts nodes with what is on their disks.</summary>
    /// <param name="nodes">The nodes; null for all.</param>
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
    /// Cuts the power of machines, at the same moment: nothing runs on them any more. What was not on the disk is lost, except
    /// possibly a write in progress.
    /// </summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="unfinished">What happens to a write in progress; see <see cref="HoldDisk"/>.</param>
    public void Crash(string nodes, UnfinishedWrite unfinished = UnfinishedWrite.Lost)
    {
        foreach (var node in Nodes(nodes)) Crash(node, unfinished);
        Settle();
    }

    /// <summary>Crashes the process of the node after its actors have handled a number of further messages.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="messages">The number of messages, at least 1. Supervisor, node and state machine count together.</param>
    public void CrashAfter(string node, int messages)
    {
        var victim = Node(node);
        victim.Process?.DieAfter(messages, () => Crash(victim, UnfinishedWrite.Lost));
    }

    /// <summary>Stops nodes gracefully: their clients get replies, then their processes end.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void Stop(string nodes)
    {
        foreach (var node in Nodes(nodes))
        {
            if (node.Process is { } process) _world.System.Stop(process.Root);
        }

        Settle();
        foreach (var node in Nodes(nodes)) Crash(node, UnfinishedWrite.Lost);
    }

    /// <summary>Restarts nodes with what is on their disks. A node that still runs loses its power first.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void Restart(string nodes)
    {
        Crash(nodes);
        foreach (var node in Nodes(nodes)) node.Start("restart");
        Settle();
    }

    /// <summary>Pauses the processes of nodes until <see cref="Resume"/>. Messages to them wait.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void Pause(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Process?.Pause(_world.Loop);
        Settle();
    }

    /// <summary>Resumes the processes of nodes, with all messages that waited for them.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
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

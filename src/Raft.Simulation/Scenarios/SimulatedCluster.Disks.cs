using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>The contents and the faults of the disks.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>
    /// Puts a log on the disk of a node that has not been started, as in the figures of the paper. Entries without a command get
    /// one that names their index and term.
    /// </summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="log">The log, such as <c>1 1 1 4 4 5 5 6 6 6</c>; empty for none.</param>
    /// <param name="term">The term on the disk; 0 for the term of the last entry.</param>
    /// <param name="votedFor">The node's vote in that term; null for none.</param>
    public void Given(string node, string log, long term = 0, string? votedFor = null)
    {
        var target = Node(node);
        if (target.Disk.Rows > 0) throw new InvalidOperationException($"{node} already has a journal.");
        var entries = ScenarioLog.Entries(log);
        var current = term > 0 || entries.Count == 0 ? new Term(term) : entries[^1].Term;
        target.WriteBootstrap();
        target.Disk.Store(new TermStarted(current, votedFor is null ? null : new NodeId(votedFor)));
        if (entries.Count > 0) target.Disk.Store(new EntriesAppended(entries));
    }

    /// <summary>
    /// Holds the writes of these nodes until they are released. A node has one write in progress at a time, and changes meanwhile
    /// form the next one. A crash ends this.
    /// </summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void HoldDisk(string nodes)
    {
        foreach (var node in Nodes(nodes))
        {
            node.Disk.IsHeld = true;

            // Gives a node that loses its journal in this way an explanation.
            node.Disk.Trouble.StalledUntil = _world.Loop.Now + TimeSpan.FromTicks(1);
        }
    }

    /// <summary>Completes one held write of the node.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <exception cref="ScenarioException">No write is held.</exception>
    public void DoOneWrite(string node)
    {
        var disk = Node(node).Disk;
        if (disk.Held == 0) throw Failed($"a write of {node} is expected to be held", "there is none");
        disk.LetThrough();
        Settle();
    }

    /// <summary>Completes all held writes of these nodes, and holds no more.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void ReleaseDisk(string nodes)
    {
        foreach (var node in Nodes(nodes)) Release(node);
        Settle();
    }

    /// <summary>Stalls the disks of these nodes for a while; <see cref="Run"/> lets the time pass.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    /// <param name="time">The duration.</param>
    public void StallDisk(string nodes, TimeSpan time)
    {
        HoldDisk(nodes);
        foreach (var node in Nodes(nodes)) _world.Loop.Schedule(time, () => Release(node));
    }

    /// <summary>
    /// Makes every write of these nodes fail, until <see cref="MendDisk"/>. A node whose write failed stops, and its supervisor
    /// restarts it after a pause.
    /// </summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void FailWrites(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.Failures = 1;
    }

    /// <summary>Makes the journal reject every write of these nodes, until <see cref="MendDisk"/>.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void RejectWrites(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.Rejections = 1;
    }

    /// <summary>
    /// Reports every write of these nodes as failed although it takes effect, immediately or up to half a second later, until
    /// <see cref="MendDisk"/>. A circuit breaker that gives up without cancelling behaves like this.
    /// </summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void FailWritesFalsely(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.FalseFailures = 1;
    }

    /// <summary>Lets the writes of these nodes succeed again.</summary>
    /// <param name="nodes">The nodes, such as <c>n1 n2</c>.</param>
    public void MendDisk(string nodes)
    {
        foreach (var trouble in Nodes(nodes).Select(n => n.Disk.Trouble))
            (trouble.Failures, trouble.Rejections, trouble.FalseFailures) = (0, 0, 0);
    }

    /// <summary>Flips a bit in the journal of a node that is down.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="sequenceNr">The sequence number of the event, starting at 1; 0 for the last event.</param>
    public void DamageJournal(string node, int sequenceNr = 0) => FlipBit(node, sequenceNr, isDamaged: true);

    /// <summary>Reverts <see cref="DamageJournal"/>. The node must be down.</summary>
    /// <param name="node">The node, such as <c>n1</c>.</param>
    /// <param name="sequenceNr">The sequence number of the event, starting at 1; 0 for the last event.</param>
    public void RepairJournal(string node, int sequenceNr = 0) => FlipBit(node, sequenceNr, isDamaged: false);

    private static void Release(SimulatedNode node)
    {
        node.Disk.IsHeld = false;
        while (node.Disk.Held > 0) node.Disk.LetThrough();
    }

    private void FlipBit(string node, int sequenceNr, bool isDamaged)
    {
        var target = Node(node);
        if (target.Process is not null) throw new InvalidOperationException($"{node} is running. Crash it first.");
        target.Disk.FlipBit((sequenceNr == 0 ? target.Disk.Rows : sequenceNr) - 1);
        target.IsDamaged = isDamaged;
    }
}

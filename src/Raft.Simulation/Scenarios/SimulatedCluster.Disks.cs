using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Clusters;

namespace Raft.Simulation.Scenarios;

/// <summary>What is on the disks, and what is wrong with them.</summary>
public sealed partial class SimulatedCluster
{
    /// <summary>
    /// Puts a log on the disk of a node that has not been started, as in the paper's figures. Entries without a command get one
    /// that names their index and term.
    /// </summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="log">For example <c>1 1 1 4 4 5 5 6 6 6</c>; empty for none.</param>
    /// <param name="term">The term on the disk; 0 for that of the last entry.</param>
    /// <param name="votedFor">Who has the node's vote of that term; null for nobody.</param>
    public void Given(string node, string log, long term = 0, string? votedFor = null)
    {
        var target = Node(node);
        if (target.Disk.Rows > 0) throw new InvalidOperationException($"{node} has a journal already.");
        var entries = ScenarioLog.Entries(log);
        var current = term > 0 || entries.Count == 0 ? new Term(term) : entries[^1].Term;
        target.Found();
        target.Disk.Store(new TermStarted(current, votedFor is null ? null : new NodeId(votedFor)));
        if (entries.Count > 0) target.Disk.Store(new EntriesAppended(entries));
    }

    /// <summary>
    /// Writes of these nodes wait from now on, until they are let through. A node has one write under way at a time, and what
    /// it changes meanwhile becomes the next one. A crash ends this.
    /// </summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void HoldDisk(string nodes)
    {
        foreach (var node in Nodes(nodes))
        {
            node.Disk.IsHeld = true;

            // A node that gives its journal up has a reason, then.
            node.Disk.Trouble.StalledUntil = _world.Loop.Now + TimeSpan.FromTicks(1);
        }
    }

    /// <summary>The node's disk does one write that waits.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <exception cref="ScenarioException">No write waits.</exception>
    public void DoOneWrite(string node)
    {
        var disk = Node(node).Disk;
        if (disk.Held == 0) throw Failed($"a write of {node} is expected to be held", "there is none");
        disk.LetThrough();
        Settle();
    }

    /// <summary>These disks do all writes that wait, and work as they should from now on.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void ReleaseDisk(string nodes)
    {
        foreach (var node in Nodes(nodes)) Release(node);
        Settle();
    }

    /// <summary>Nothing is written on these disks for a while; <see cref="Run"/> lets the while pass.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    /// <param name="time">How long.</param>
    public void StallDisk(string nodes, TimeSpan time)
    {
        HoldDisk(nodes);
        foreach (var node in Nodes(nodes)) _world.Loop.Schedule(time, () => Release(node));
    }

    /// <summary>
    /// Every write of these nodes fails, until <see cref="MendDisk"/>. A node whose write failed stops, and after a pause its
    /// supervisor starts it again.
    /// </summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void FailWrites(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.Failures = 1;
    }

    /// <summary>The journal rejects every write of these nodes, until <see cref="MendDisk"/>.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void RejectWrites(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.Rejections = 1;
    }

    /// <summary>
    /// Every write of these nodes is reported as failed and is done all the same, at once or up to half a second later, until
    /// <see cref="MendDisk"/>: so does a circuit breaker that gives up without cancelling.
    /// </summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void FailWritesFalsely(string nodes)
    {
        foreach (var node in Nodes(nodes)) node.Disk.Trouble.FalseFailures = 1;
    }

    /// <summary>Writes of these nodes succeed from now on.</summary>
    /// <param name="nodes">For example <c>n1 n2</c>.</param>
    public void MendDisk(string nodes)
    {
        foreach (var trouble in Nodes(nodes).Select(n => n.Disk.Trouble))
            (trouble.Failures, trouble.Rejections, trouble.FalseFailures) = (0, 0, 0);
    }

    /// <summary>A bit flips in the journal of a node that is down.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="sequenceNr">In which event, from 1; 0 for the last.</param>
    public void DamageJournal(string node, int sequenceNr = 0) => FlipBit(node, sequenceNr, isDamaged: true);

    /// <summary>Takes back what <see cref="DamageJournal"/> did; the node must be down.</summary>
    /// <param name="node">For example <c>n1</c>.</param>
    /// <param name="sequenceNr">In which event, from 1; 0 for the last.</param>
    public void RepairJournal(string node, int sequenceNr = 0) => FlipBit(node, sequenceNr, isDamaged: false);

    private static void Release(SimulatedNode node)
    {
        node.Disk.IsHeld = false;
        while (node.Disk.Held > 0) node.Disk.LetThrough();
    }

    private void FlipBit(string node, int sequenceNr, bool isDamaged)
    {
        var target = Node(node);
        if (target.Process is not null) throw new InvalidOperationException($"{node} runs: let it crash before.");
        target.Disk.FlipBit((sequenceNr == 0 ? target.Disk.Rows : sequenceNr) - 1);
        target.IsDamaged = isDamaged;
    }
}

using Raft.Actors.Log;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>A node over all its incarnations, as checks observe it.</summary>
/// <param name="id">Its name.</param>
/// <param name="wholeLog">Returns its log with the entries that snapshots replaced; null if <see cref="Log"/> is set.</param>
internal sealed class NodeView(NodeId id, Func<RaftLog>? wholeLog = null)
{
    private RaftLog _log = new();

    /// <summary>Its name.</summary>
    public NodeId Id { get; } = id;

    /// <summary>The state of the node after this step.</summary>
    public NodeState State { get; internal set; }

    /// <summary>
    /// The log in the memory of the node, with the entries that snapshots replaced; while the node is down, its last log.
    /// </summary>
    public RaftLog Log
    {
        get => wholeLog?.Invoke() ?? _log;
        internal set => _log = value;
    }

    /// <summary>The contents of its disk.</summary>
    public DiskView Disk { get; } = new();

    /// <summary>The node before it lost its disk; null if it never did.</summary>
    public NodeView? Former { get; internal init; }

    /// <summary>Whether it has lost its disk, or the newest events on it, and has not been readmitted since.</summary>
    public bool HasLostData { get; internal set; }

    /// <summary>The rate of the node's clock relative to true time.</summary>
    public double ClockRate { get; internal set; } = 1;

    /// <summary>Whether it prefers to lead: a setting that may differ between nodes.</summary>
    public LeadershipPreference Preference { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Id.Value;
}

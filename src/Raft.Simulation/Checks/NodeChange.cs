using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>A change of a node in one step.</summary>
/// <param name="Node">The node, with its state after the step.</param>
/// <param name="Before">Its state before the step, that of the previous incarnation if the node started in it.</param>
/// <param name="FirstChanged">The first index at which the log changed; null if it did not.</param>
internal sealed record NodeChange(NodeView Node, NodeState Before, LogIndex? FirstChanged)
{
    /// <summary>Its state after the step.</summary>
    public NodeState After => Node.State;

    /// <summary>Whether the node was running before, in the same incarnation.</summary>
    public bool IsSameIncarnation => Before.IsRunning && Before.Incarnation == After.Incarnation;
}

using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>The cluster, as checks observe it.</summary>
/// <param name="nodes">All nodes, in the order of their names.</param>
/// <param name="settings">The settings that the nodes share.</param>
internal sealed class ClusterView(IReadOnlyList<NodeView> nodes, RaftSettings settings)
{
    /// <summary>All nodes.</summary>
    public IReadOnlyList<NodeView> Nodes { get; } = nodes;

    /// <summary>The settings that the nodes share; their names and preferences differ.</summary>
    public RaftSettings Settings { get; } = settings;

    /// <summary>The number of voters: all nodes, or those that bootstrap the cluster.</summary>
    public int VoterCount => Settings.BootstrapExpect > 0 ? Settings.BootstrapExpect : Nodes.Count;

    /// <summary>The number of voters that are a majority.</summary>
    public int Majority => (VoterCount / 2) + 1;

    /// <summary>Whether the run has no faults, neither random ones nor those of a scenario.</summary>
    public bool IsWithoutFaults { get; internal init; }

    /// <summary>The virtual time since the start of the run.</summary>
    public TimeSpan Now { get; internal set; }

    /// <summary>Returns the node with this name.</summary>
    public NodeView this[NodeId id]
    {
        get
        {
            // Checks call this for each message, so it allocates neither an iterator nor a closure.
            for (var i = 0; i < Nodes.Count; i++)
            {
                if (Nodes[i].Id == id) return Nodes[i];
            }

            throw new ArgumentException($"The cluster has no node {id}.", nameof(id));
        }
    }
}

using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Advises how to restart a node safely. A restart loses no acknowledged write as long as the data is kept.</summary>
internal static class Restarting
{
    /// <summary>Returns the advice: what to do first, and whether writes continue meanwhile.</summary>
    public static string Advice(ClusterFacts facts, NodeId node)
    {
        var without = facts.TakingPart.Count(m => m != node);
        var waits = without >= facts.Majority ? "" : $" Writes wait meanwhile: without it, {without} of {facts.Members.Count} "
            + "members take part.";
        return facts.Leader?.NodeId == node
            ? $"transfer leadership (raft transfer), then restart {node} and leave its data as it is.{waits}"
            : $"restart {node} and leave its data as it is.{waits}";
    }

    /// <summary>
    /// Chooses which of two nodes to restart to replace their connection: not the leader, and not one that others need.
    /// </summary>
    /// <param name="facts">The facts about the cluster.</param>
    /// <param name="deaf">The node that does not hear the other; it is more likely the one that hangs.</param>
    /// <param name="other">The other node.</param>
    public static NodeId OneOf(ClusterFacts facts, NodeId deaf, NodeId other) => facts.Leader?.NodeId == deaf ? other : deaf;
}

using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>How a node is restarted without harm. Nothing that was acknowledged is lost by a restart, as long as its data stays.</summary>
internal static class Restarting
{
    /// <summary>The sentence for it: whether writes go on meanwhile, and what comes before.</summary>
    public static string Advice(ClusterFacts facts, NodeId node)
    {
        var without = facts.TakingPart.Count(m => m != node);
        var waits = without >= facts.Majority ? "" : $" Writes wait meanwhile: without it {without} of {facts.Members.Count} members take part.";
        return facts.Leader?.NodeId == node
            ? $"hand the leadership over (raft transfer), then restart {node}, and leave its data as it is.{waits}"
            : $"restart {node}, and leave its data as it is.{waits}";
    }

    /// <summary>Which of two nodes is restarted to make their connection anew: not the leader, and not one that others need.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="deaf">The one that does not hear the other; it is more likely the one that hangs.</param>
    /// <param name="other">The other one.</param>
    public static NodeId OneOf(ClusterFacts facts, NodeId deaf, NodeId other) => facts.Leader?.NodeId == deaf ? other : deaf;
}

using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>The view of a node from another process.</summary>
/// <param name="Node">The node and its address.</param>
/// <param name="Status">The status that it reports; null if it is unavailable or did not answer.</param>
/// <param name="Down">Why it is unavailable; null if it is available or did not answer.</param>
public sealed record NodeView(MemberStatus Node, NodeStatus? Status, NodeDown? Down)
{
    /// <summary>The time since its last answer to this process; null if it never answered.</summary>
    public TimeSpan? LastHeard { get; init; }

    /// <summary>Whether it answered in time, available or not.</summary>
    public bool IsReachable => Status is not null || Down is not null;
}

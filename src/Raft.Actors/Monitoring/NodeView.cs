using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>A node as it is seen from another process.</summary>
/// <param name="Node">The node and its address.</param>
/// <param name="Status">How it sees itself; null where it takes no part or did not answer.</param>
/// <param name="Down">Why it takes no part; null where it does or did not answer.</param>
public sealed record NodeView(MemberStatus Node, NodeStatus? Status, NodeDown? Down)
{
    /// <summary>How long ago it last answered this process; null where it never did.</summary>
    public TimeSpan? LastHeard { get; init; }

    /// <summary>Whether it answered in time.</summary>
    public bool IsReachable => Status is not null || Down is not null;
}

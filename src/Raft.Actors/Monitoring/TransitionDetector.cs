using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>Detects transitions between two views of a node.</summary>
internal static class TransitionDetector
{
    /// <summary>The transitions; empty if only indexes and timers moved.</summary>
    /// <param name="before">The previous view; null for a new node.</param>
    /// <param name="last">The last status that the node reported, possibly before <paramref name="before"/>.</param>
    /// <param name="now">The current view.</param>
    /// <param name="at">The current time.</param>
    public static IEnumerable<NodeTransition> Between(NodeView? before, NodeStatus? last, NodeView now, DateTimeOffset at)
    {
        var node = now.Node.NodeId;
        if (now.Status is { } status)
        {
            if (before is { IsReachable: false }) yield return Of(TransitionKind.Reachable, $"{node} answers again");
            if (before?.Down is not null) yield return Of(TransitionKind.Reachable, $"{node} is available");
            if (last is not null && status.Role != last.Role)
                yield return Of(TransitionKind.Role, $"{node} term {status.Term}: {Name(last.Role)} → {Name(status.Role)}");
            if (before is not null && status.Role == RaftRole.Follower
                && status.LeaderId is { } leader && leader != last?.LeaderId)
                yield return Of(TransitionKind.Leader, $"{node} term {status.Term}: follows {leader}");
            if (last is not null && !Ids(status).SequenceEqual(Ids(last)))
                yield return Of(TransitionKind.Members, $"{node}: the members are now {string.Join(", ", Ids(status))}");
        }
        else if (now.Down is { } down)
        {
            if (before?.Down == down) yield break;
            yield return down.IsHalted
                ? Of(TransitionKind.Halted, $"{node} halted: {down.Reason}")
                : Of(TransitionKind.Down, $"{node} is unavailable: {down.Reason}");
        }
        else if (before is null or { IsReachable: true })
        {
            yield return Of(TransitionKind.Unreachable, $"{node} does not answer");
        }

        NodeTransition Of(TransitionKind kind, string text) =>
            new(at, node, kind, now.Status?.Term, now.Status?.Role, now.Status?.LeaderId, text);
    }

    /// <summary>Whether two views are the same, apart from the time left on a running timer.</summary>
    public static bool AreSame(NodeView? a, NodeView? b) =>
        a?.Node == b?.Node && a?.Down == b?.Down && AreSame(a?.Status, b?.Status);

    public static bool AreSame(NodeStatus? a, NodeStatus? b) =>
        a is null || b is null
            ? a == b
            : a.Members.SequenceEqual(b.Members) && a.Followers.SequenceEqual(b.Followers)
                && a == b with { Members = a.Members, Followers = a.Followers, ElectionTimeoutLeft = a.ElectionTimeoutLeft };

    private static IEnumerable<NodeId> Ids(NodeStatus status) => status.Members.Select(m => m.NodeId);

    private static string Name(RaftRole role) => role.ToString().ToLowerInvariant();
}

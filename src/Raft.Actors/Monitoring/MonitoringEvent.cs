using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>A change in a group, as reported by <see cref="RaftMonitor"/>.</summary>
public abstract record MonitoringEvent
{
    private protected MonitoringEvent()
    {
    }
}

/// <summary>
/// A snapshot of the whole group. It is the first event, it follows when the list of nodes changes, and it replaces the events
/// that a slow reader missed.
/// </summary>
/// <param name="Nodes">All nodes, ordered by name.</param>
/// <param name="Transitions">The latest transitions, oldest first; at most 200.</param>
/// <param name="Samples">The activity of the last minutes, oldest first; at most 300 samples.</param>
public sealed record GroupView(
    IReadOnlyList<NodeView> Nodes,
    IReadOnlyList<NodeTransition> Transitions,
    IReadOnlyList<ActivitySample> Samples) : MonitoringEvent;

/// <summary>The view of a node changed.</summary>
/// <param name="Node">The node's new view.</param>
public sealed record NodeChanged(NodeView Node) : MonitoringEvent;

/// <summary>The kind of a <see cref="NodeTransition"/>.</summary>
public enum TransitionKind
{
    /// <summary>The node changed its role.</summary>
    Role,

    /// <summary>The node follows another leader.</summary>
    Leader,

    /// <summary>The node reports different members of the group.</summary>
    Members,

    /// <summary>The node answers again, or is available again.</summary>
    Reachable,

    /// <summary>The node does not answer.</summary>
    Unreachable,

    /// <summary>The node answers but is unavailable: it is starting, or has no cluster yet.</summary>
    Down,

    /// <summary>The node stopped for good and needs an operator.</summary>
    Halted,
}

/// <summary>A transition of a node that operators want to know about.</summary>
/// <param name="At">When this process learned of it, by this process's clock.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Kind">The kind of transition.</param>
/// <param name="Term">The node's term; null if it did not report one.</param>
/// <param name="Role">The node's role; null if it did not report one.</param>
/// <param name="LeaderId">The leader of that term, if known.</param>
/// <param name="Text">A sentence, such as <c>n2 term 7: candidate → leader</c>.</param>
public sealed record NodeTransition(
    DateTimeOffset At, NodeId NodeId, TransitionKind Kind, Term? Term, RaftRole? Role, NodeId? LeaderId, string Text)
    : MonitoringEvent;

/// <summary>The activity of the group in one second, measured by its leader.</summary>
/// <param name="At">When this process received it, by this process's clock.</param>
/// <param name="WritesPerSecond">Committed commands per second; null if no leader reported.</param>
/// <param name="CommitP50">Median time from the leader's accepting a command to its commit; null if nothing was
/// committed.</param>
/// <param name="CommitP99">99th percentile of that time.</param>
public sealed record ActivitySample(
    DateTimeOffset At, double? WritesPerSecond, TimeSpan? CommitP50, TimeSpan? CommitP99) : MonitoringEvent;

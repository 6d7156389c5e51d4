using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>Something that <see cref="RaftMonitor"/> tells of a group.</summary>
public abstract record MonitoringEvent
{
    private protected MonitoringEvent()
    {
    }
}

/// <summary>
/// The whole group as it is known. It comes first, when the list of nodes changed, and to a reader that was too slow in place of
/// what it missed.
/// </summary>
/// <param name="Nodes">Each node, by name.</param>
/// <param name="Transitions">What happened last, the oldest first; 200 at the most.</param>
/// <param name="Samples">The activity of the last minutes, the oldest first; 300 at the most.</param>
public sealed record GroupView(
    IReadOnlyList<NodeView> Nodes,
    IReadOnlyList<NodeTransition> Transitions,
    IReadOnlyList<ActivitySample> Samples) : MonitoringEvent;

/// <summary>Something of a node changed.</summary>
/// <param name="Node">The node as it is now.</param>
public sealed record NodeChanged(NodeView Node) : MonitoringEvent;

/// <summary>What kind of <see cref="NodeTransition"/> it is.</summary>
public enum TransitionKind
{
    /// <summary>The node has another role.</summary>
    Role,

    /// <summary>The node follows another leader.</summary>
    Leader,

    /// <summary>The node has other members of the group.</summary>
    Members,

    /// <summary>The node answers again.</summary>
    Reachable,

    /// <summary>The node does not answer.</summary>
    Unreachable,

    /// <summary>The node answers and takes no part: it is starting, or has no cluster yet.</summary>
    Down,

    /// <summary>The node stopped for good.</summary>
    Halted,
}

/// <summary>Something happened to a node that a person wants to know.</summary>
/// <param name="At">When it was heard, by the clock of this process.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Term">The node's term; null where it did not say.</param>
/// <param name="Role">Its role; null where it did not say.</param>
/// <param name="LeaderId">The leader of that term, where known.</param>
/// <param name="Text">A sentence, such as <c>n2 term 7: candidate → leader</c>.</param>
public sealed record NodeTransition(
    DateTimeOffset At, NodeId NodeId, TransitionKind Kind, Term? Term, RaftRole? Role, NodeId? LeaderId, string Text) : MonitoringEvent;

/// <summary>What the group did in a second, measured by its leader.</summary>
/// <param name="At">When it was heard, by the clock of this process.</param>
/// <param name="WritesPerSecond">Commands committed per second; null where no leader said so.</param>
/// <param name="CommitP50">Half of them were committed within this time after the leader took them; null where none was.</param>
/// <param name="CommitP99">99 of a hundred were.</param>
public sealed record ActivitySample(
    DateTimeOffset At, double? WritesPerSecond, TimeSpan? CommitP50, TimeSpan? CommitP99) : MonitoringEvent;

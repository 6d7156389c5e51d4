using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Published on the ActorSystem's event stream whenever a local node's role, term or leader changes.</summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">The node's current role.</param>
/// <param name="Term">The node's current term.</param>
/// <param name="Leader">The leader of that term, if known.</param>
public sealed record RoleChanged(GroupId Group, NodeId Node, RaftRole Role, Term Term, NodeId? Leader);

/// <summary>
/// Published on the ActorSystem's event stream when a local node stops for good: its journal is damaged or belongs to another
/// node, or an invariant is violated. The node is not restarted, because that would not help.
/// </summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node.</param>
/// <param name="Reason">What was found, and what the operator should do.</param>
internal sealed record NodeHalted(GroupId Group, NodeId Node, string Reason);

/// <summary>
/// A node can't continue, and a restart would not help: its journal is unusable, or an invariant is violated. The message is for
/// the operator.
/// </summary>
/// <param name="message">What was found, and what the operator should do.</param>
internal sealed class NodeHaltedException(string message) : Exception(message);

/// <summary>What ends when a role ends.</summary>
internal enum Leaving
{
    /// <summary>Only the role: the node takes another one.</summary>
    Role,

    /// <summary>The node and its state machine.</summary>
    Node,
}

/// <summary>Tells the supervisor that the first write since the start has completed.</summary>
internal sealed record JournalAnswers
{
    public static readonly JournalAnswers Instance = new();
}

/// <summary>The election timeout has elapsed without a message from a leader or an outcome of the election.</summary>
internal sealed record ElectionTimeout
{
    public static readonly ElectionTimeout Instance = new();
}

/// <summary>A node without a cluster has to announce itself again.</summary>
internal sealed record BootstrapTick
{
    public static readonly BootstrapTick Instance = new();
}

/// <summary>A heartbeat is due.</summary>
internal sealed record HeartbeatDue
{
    public static readonly HeartbeatDue Instance = new();
}

/// <summary>Requests that a node which is about to be shut down transfers its leadership.</summary>
internal sealed record TransferOnShutdown
{
    public static readonly TransferOnShutdown Instance = new();
}

/// <summary>A leadership transfer has taken too long.</summary>
internal sealed record TransferDeadline
{
    public static readonly TransferDeadline Instance = new();
}

/// <summary>The leader has not answered a ReadIndex request in time.</summary>
internal sealed record ReadIndexOverdue
{
    public static readonly ReadIndexOverdue Instance = new();
}

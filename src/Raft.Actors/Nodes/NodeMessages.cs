using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Published on the ActorSystem's event stream at every change of a local node's role, term or leader.</summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">Its role now.</param>
/// <param name="Term">Its term now.</param>
/// <param name="Leader">The leader of that term, where known.</param>
public sealed record RoleChanged(GroupId Group, NodeId Node, RaftRole Role, Term Term, NodeId? Leader);

/// <summary>
/// Published on the ActorSystem's event stream when a local node stopped for good: its journal is damaged or foreign, or
/// something happened that must not. It is not started again, since that can't help.
/// </summary>
/// <param name="Group">The Raft group.</param>
/// <param name="Node">The node.</param>
/// <param name="Reason">What was found, and what to do.</param>
internal sealed record NodeHalted(GroupId Group, NodeId Node, string Reason);

/// <summary>
/// A node can't go on, and starting it again can't help: its journal is unusable, or the impossible happened. The message
/// is for the operator.
/// </summary>
/// <param name="message">What was found, and what to do.</param>
internal sealed class NodeHaltedException(string message) : Exception(message);

/// <summary>What ends when a role ends.</summary>
internal enum Leaving
{
    /// <summary>The role alone; the node takes another one.</summary>
    Role,

    /// <summary>The node, and its state machine with it.</summary>
    Node,
}

/// <summary>Tells a node's supervisor that the first write since the start is done.</summary>
internal sealed record JournalAnswers
{
    public static readonly JournalAnswers Instance = new();
}

/// <summary>No leader was heard for an election timeout, or an election had no outcome.</summary>
internal sealed record ElectionTimeout
{
    public static readonly ElectionTimeout Instance = new();
}

/// <summary>A node without a cluster has to tell again that it is there.</summary>
internal sealed record BootstrapTick
{
    public static readonly BootstrapTick Instance = new();
}

/// <summary>A heartbeat is due.</summary>
internal sealed record HeartbeatDue
{
    public static readonly HeartbeatDue Instance = new();
}

/// <summary>Asks a node that is about to be shut down to make another one lead, if it leads itself.</summary>
internal sealed record TransferOnShutdown
{
    public static readonly TransferOnShutdown Instance = new();
}

/// <summary>A transfer of the leadership took too long.</summary>
internal sealed record TransferDeadline
{
    public static readonly TransferDeadline Instance = new();
}

/// <summary>The leader has not yet said how far a follower must have applied the log to answer.</summary>
internal sealed record ReadIndexOverdue
{
    public static readonly ReadIndexOverdue Instance = new();
}

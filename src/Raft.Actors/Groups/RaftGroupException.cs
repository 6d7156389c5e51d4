using Raft.Actors.Clients;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>
/// An <see cref="IRaftGroup"/> can't give what it was asked for; the type and the message say why. Requests of a client fail with
/// a <see cref="RaftClientException"/> instead, whose type says whether a command was applied.
/// </summary>
public abstract class RaftGroupException : Exception
{
    private protected RaftGroupException(string message)
        : base(message)
    {
    }
}

/// <summary>This process knows no address of the requested node.</summary>
/// <param name="message">A sentence with the node's name and the known nodes.</param>
public sealed class NoSuchNodeException(string message) : RaftGroupException(message);

/// <summary>
/// The node did not answer in time, or the group has no leader that could. The request may still be carried out.
/// </summary>
/// <param name="message">A sentence that says which node did not answer, or why no node leads.</param>
public sealed class NoAnswerException(string message) : RaftGroupException(message);

/// <summary>
/// The node's process answered, but the node is unavailable: it is starting, belongs to no cluster or another one, or has halted.
/// </summary>
/// <param name="down">The process's answer.</param>
public sealed class NodeDownException(NodeDown down)
    : RaftGroupException($"{down.NodeId} is unavailable: {down.Reason.TrimEnd('.')}.")
{
    /// <summary>The node, the reason, and whether the node stays down until an operator acts.</summary>
    public NodeDown Down { get; } = down;
}

/// <summary>The leadership was not transferred to the target (dissertation §3.10).</summary>
/// <param name="refusal">The kind of reason.</param>
/// <param name="message">A sentence that says why, and what to do.</param>
public sealed class TransferRefusedException(TransferRefusal refusal, string message) : RaftGroupException(message)
{
    /// <summary>The kind of reason.</summary>
    public TransferRefusal Refusal { get; } = refusal;
}

/// <summary>The node took no snapshot.</summary>
/// <param name="message">A sentence that says why, and what to do.</param>
public sealed class SnapshotRefusedException(string message) : RaftGroupException(message);

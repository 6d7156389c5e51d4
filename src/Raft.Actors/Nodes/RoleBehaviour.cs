using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>What a node does in a role. The role's own state lives in these functions and ends with them.</summary>
/// <param name="Role">The role.</param>
/// <param name="Receive">Handles every message.</param>
internal sealed record RoleBehaviour(RaftRole Role, Action<object> Receive)
{
    /// <summary>What to do when the role ends.</summary>
    public Action<Leaving> Leave { get; init; } = _ => { };

    /// <summary>Appends what the role has taken for the log, where it may; called when no write is under way.</summary>
    public Action AppendBatch { get; init; } = () => { };

    /// <summary>How many proposals it has taken that are in no log yet.</summary>
    public Func<int> PendingProposals { get; init; } = () => 0;

    /// <summary>
    /// The last entry of the snapshot that the role sends to others, which need what follows it next; null where none is.
    /// </summary>
    public Func<LogIndex?> OutgoingSnapshot { get; init; } = () => null;
}

using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>A node's behaviour in a role. The role's own state lives in these functions and ends with them.</summary>
/// <param name="Role">The role.</param>
/// <param name="Receive">Handles all messages.</param>
internal sealed record RoleBehaviour(RaftRole Role, Action<object> Receive)
{
    /// <summary>Called when the role ends.</summary>
    public Action<Leaving> Leave { get; init; } = _ => { };

    /// <summary>Appends the role's pending proposals to the log, if it may; called when no write is under way.</summary>
    public Action AppendBatch { get; init; } = () => { };

    /// <summary>The number of proposals that are not in the log yet.</summary>
    public Func<int> PendingProposals { get; init; } = () => 0;

    /// <summary>
    /// The last entry of the snapshot that the role is sending; the receivers need the entries after it next. Null if it sends
    /// none.
    /// </summary>
    public Func<LogIndex?> OutgoingSnapshot { get; init; } = () => null;
}

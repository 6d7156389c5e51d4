using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>One run of an operator's script after the node took a role.</summary>
/// <param name="Role">Leader or follower.</param>
/// <param name="Term">The term in which the node took the role.</param>
/// <param name="Leader">The leader of that term; null if the node does not know it yet.</param>
internal sealed record RoleHook(RaftRole Role, Term Term, NodeId? Leader)
{
    /// <summary>The name of the variable that configures the script.</summary>
    public string Variable => Role == RaftRole.Leader ? RoleHookOptions.OnLeaderVariable : RoleHookOptions.OnFollowerVariable;
}

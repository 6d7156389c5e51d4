using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>One run of an operator's script: the node took a role.</summary>
/// <param name="Role">Leader or follower.</param>
/// <param name="Term">The term in which it took it.</param>
/// <param name="Leader">Who leads that term; null where the node does not know it yet.</param>
internal sealed record RoleHook(RaftRole Role, Term Term, NodeId? Leader)
{
    /// <summary>The name of its variable.</summary>
    public string Variable => Role == RaftRole.Leader ? RoleHookOptions.OnLeaderVariable : RoleHookOptions.OnFollowerVariable;
}

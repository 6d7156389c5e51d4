namespace Raft.Actors.Protocol;

/// <summary>
/// The leader asks an up-to-date follower to campaign at once, without waiting for a timeout (dissertation §3.10).
/// </summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term. A follower that has left it takes no notice.</param>
internal sealed record TimeoutNow(ClusterId Cluster, NodeId From, Term Term) : RaftRpc(Cluster, From, Term);

/// <summary>
/// Asks the group to be led by another node (dissertation §3.10). Any node takes it and passes it on to the leader. Answered by
/// <see cref="LeadershipTransferred"/> or <see cref="TransferRefused"/> when it is decided.
/// </summary>
/// <param name="Target">The node that is to lead; null for the one that is best placed.</param>
internal sealed record TransferLeadership(NodeId? Target) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>The target was elected in place of the old leader.</summary>
/// <param name="From">The old leader.</param>
/// <param name="Target">The node that leads now.</param>
/// <param name="Term">The term that it leads.</param>
public sealed record LeadershipTransferred(NodeId From, NodeId Target, Term Term);

/// <summary>The leadership was not transferred to the target.</summary>
/// <param name="Refusal">What kind of reason.</param>
/// <param name="Reason">One sentence saying why, and what to do.</param>
internal sealed record TransferRefused(TransferRefusal Refusal, string Reason);

/// <summary>Why the leadership was not transferred.</summary>
public enum TransferRefusal
{
    /// <summary>The target is no member of the group.</summary>
    NoMember = 0,

    /// <summary>The group can't do it now: the target leads already, is not reachable, or another transfer is under way.</summary>
    Conflict = 1,

    /// <summary>No leader is known.</summary>
    NoLeader = 2,

    /// <summary>The target did not take over within an election timeout.</summary>
    TimedOut = 3,
}

/// <summary>Whether a node wants to lead.</summary>
public enum LeadershipPreference
{
    /// <summary>As any other.</summary>
    Neutral = 0,

    /// <summary>It takes over, gracefully, from a leader that does not prefer to lead.</summary>
    Prefer = 1,

    /// <summary>It leads only where nobody else can, and hands over when somebody can.</summary>
    Avoid = 2,
}

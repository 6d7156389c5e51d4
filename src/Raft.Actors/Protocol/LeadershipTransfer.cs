namespace Raft.Actors.Protocol;

/// <summary>
/// Makes an up-to-date follower campaign at once, without waiting for its election timeout (dissertation §3.10).
/// </summary>
/// <param name="Cluster">The leader's cluster.</param>
/// <param name="From">The leader.</param>
/// <param name="Term">The leader's term. A follower in another term ignores the message.</param>
internal sealed record TimeoutNow(ClusterId Cluster, NodeId From, Term Term) : RaftRpc(Cluster, From, Term);

/// <summary>
/// Requests that another node leads the group (dissertation §3.10). Any node forwards it to the leader. It is answered by
/// <see cref="LeadershipTransferred"/> or <see cref="TransferRefused"/> when the outcome is known.
/// </summary>
/// <param name="Target">The new leader; null lets the leader choose.</param>
internal sealed record TransferLeadership(NodeId? Target) : IClusterRequest
{
    /// <inheritdoc/>
    public ClusterId? Cluster { get; init; }
}

/// <summary>The target was elected in place of the old leader.</summary>
/// <param name="From">The old leader.</param>
/// <param name="Target">The new leader.</param>
/// <param name="Term">The new leader's term.</param>
public sealed record LeadershipTransferred(NodeId From, NodeId Target, Term Term);

/// <summary>The leadership was not transferred to the target.</summary>
/// <param name="Refusal">The kind of reason.</param>
/// <param name="Reason">Why, and what to do, as a sentence.</param>
internal sealed record TransferRefused(TransferRefusal Refusal, string Reason);

/// <summary>Why the leadership was not transferred.</summary>
public enum TransferRefusal
{
    /// <summary>The target is not a member of the group.</summary>
    NoMember = 0,

    /// <summary>Not possible now: the target already leads or does not answer, or another transfer is under way.</summary>
    Conflict = 1,

    /// <summary>No leader is known.</summary>
    NoLeader = 2,

    /// <summary>The target did not take over within an election timeout.</summary>
    TimedOut = 3,
}

/// <summary>A node's preference for leading.</summary>
public enum LeadershipPreference
{
    /// <summary>No preference.</summary>
    Neutral = 0,

    /// <summary>The node takes over from a leader that does not prefer to lead, by a leadership transfer.</summary>
    Prefer = 1,

    /// <summary>The node leads only if no other node can, and transfers the leadership when one can.</summary>
    Avoid = 2,
}

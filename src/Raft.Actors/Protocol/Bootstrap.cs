namespace Raft.Actors.Protocol;

/// <summary>A plan to bootstrap a cluster of exactly these nodes. No two plans have the same <see cref="Cluster"/>.</summary>
/// <param name="Cluster">The id of the planned cluster.</param>
/// <param name="Participants">At least one, ordered by name. The first one made the plan.</param>
internal sealed record BootstrapPlan(ClusterId Cluster, IReadOnlyList<Incarnation> Participants)
{
    /// <summary>The participant that made the plan and alone may drop it.</summary>
    public Incarnation Planner => Participants[0];

    /// <summary>The voting members of the planned cluster.</summary>
    public IReadOnlyList<NodeId> Voters => [.. Participants.Select(p => p.Node)];

    /// <inheritdoc/>
    public bool Equals(BootstrapPlan? other) =>
        other is not null && Cluster == other.Cluster && Participants.SequenceEqual(other.Participants);

    /// <inheritdoc/>
    public override int GetHashCode() => Cluster.GetHashCode();

    /// <summary>The id and the nodes, for log lines.</summary>
    public override string ToString() => $"cluster {Cluster} of {string.Join(", ", Participants)}";
}

/// <summary>A message of the bootstrap negotiation.</summary>
internal abstract record BootstrapMessage;

/// <summary>Tells all known nodes that the sender has no cluster yet.</summary>
/// <param name="From">The sender.</param>
/// <param name="Expect">How many nodes it waits for, including itself (<c>raft.bootstrap-expect</c>, or all of
/// <c>raft.members</c>); 0 for a node that takes no part in bootstrapping because it lost a journal.</param>
internal sealed record BootstrapPresence(Incarnation From, int Expect) : BootstrapMessage;

/// <summary>Asks a participant to promise to join a plan.</summary>
/// <param name="Plan">The plan; its planner is the sender.</param>
internal sealed record ProposeBootstrap(BootstrapPlan Plan) : BootstrapMessage;

/// <summary>
/// The sender has promised on its disk to join a plan. It joins no other plan until the planner drops this one, and repeats the
/// message to all participants until it knows whether the cluster was bootstrapped.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="From">The sender.</param>
internal sealed record BootstrapPromise(BootstrapPlan Plan, Incarnation From) : BootstrapMessage;

/// <summary>The planner has dropped the plan on its disk, so the cluster will never exist.</summary>
/// <param name="Cluster">The id of the planned cluster.</param>
internal sealed record BootstrapDropped(ClusterId Cluster) : BootstrapMessage;

/// <summary>
/// The sender is a member of a cluster. A participant of its plan may start; other nodes must not bootstrap another cluster.
/// </summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="From">The sender.</param>
/// <param name="Voters">The cluster's voting members.</param>
internal sealed record ClusterExists(ClusterId Cluster, NodeId From, IReadOnlyList<NodeId> Voters) : BootstrapMessage
{
    /// <summary>
    /// The incarnations of the voters that the sender's log names. A node that finds another journal than its own here has lost
    /// that journal.
    /// </summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];
}

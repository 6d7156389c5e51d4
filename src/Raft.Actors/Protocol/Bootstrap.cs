namespace Raft.Actors.Protocol;

/// <summary>A cluster that might be founded, by exactly these nodes. No two plans have the same <see cref="Cluster"/>.</summary>
/// <param name="Cluster">The id that the cluster would have.</param>
/// <param name="Participants">All of them, at least one, by name; the first one is who made the plan.</param>
internal sealed record BootstrapPlan(ClusterId Cluster, IReadOnlyList<Incarnation> Participants)
{
    /// <summary>Who made the plan, and alone decides what becomes of it.</summary>
    public Incarnation Planner => Participants[0];

    /// <summary>The voting members that the cluster would have.</summary>
    public IReadOnlyList<NodeId> Voters => [.. Participants.Select(f => f.Node)];

    /// <inheritdoc/>
    public bool Equals(BootstrapPlan? other) =>
        other is not null && Cluster == other.Cluster && Participants.SequenceEqual(other.Participants);

    /// <inheritdoc/>
    public override int GetHashCode() => Cluster.GetHashCode();

    /// <summary>For log lines: the id and the nodes.</summary>
    public override string ToString() => $"cluster {Cluster} of {string.Join(", ", Participants)}";
}

/// <summary>What nodes tell each other while there may be no cluster yet.</summary>
internal abstract record BootstrapMessage;

/// <summary>Tells every node in reach that the sender has no cluster yet.</summary>
/// <param name="From">The sender.</param>
/// <param name="Expect">
/// How many nodes it waits for, itself included (<c>raft.bootstrap-expect</c>, or all of <c>raft.members</c>); 0 for a node that
/// founds nothing, since it knows that it lost a journal.
/// </param>
internal sealed record BootstrapPresence(Incarnation From, int Expect) : BootstrapMessage;

/// <summary>Asks a founder to promise itself to a plan.</summary>
/// <param name="Plan">The plan; its planner is the sender.</param>
internal sealed record ProposeBootstrap(BootstrapPlan Plan) : BootstrapMessage;

/// <summary>
/// The sender has promised itself to a plan, on its disk, and takes part in no other one until the planner drops it. It repeats
/// this to all founders until it knows what became of the plan.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="From">The sender.</param>
internal sealed record BootstrapPromise(BootstrapPlan Plan, Incarnation From) : BootstrapMessage;

/// <summary>The planner dropped the plan, on its disk: nothing will come of it.</summary>
/// <param name="Cluster">The id that the cluster would have had.</param>
internal sealed record BootstrapDropped(ClusterId Cluster) : BootstrapMessage;

/// <summary>The sender is a member of a cluster: a founder of it may begin, and any other node must not found one.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="From">The sender.</param>
/// <param name="Voters">Its voting members.</param>
internal sealed record ClusterExists(ClusterId Cluster, NodeId From, IReadOnlyList<NodeId> Voters) : BootstrapMessage
{
    /// <summary>
    /// The incarnations of the voters, as far as the sender's log names them: who reads another journal than its own here lost the
    /// one that is named.
    /// </summary>
    public IReadOnlyList<Incarnation> Incarnations { get; init; } = [];
}

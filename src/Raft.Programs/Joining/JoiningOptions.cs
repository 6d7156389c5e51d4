using Raft.Programs.Addresses;
using Raft.Programs.Hosting;

namespace Raft.Programs.Joining;

/// <summary>What a process knows about other processes before it joins.</summary>
internal sealed record JoiningOptions
{
    /// <summary>The seed nodes as configured. The first one may form the Akka cluster if none replies.</summary>
    public required IReadOnlyList<HostPort> Seeds { get; init; }

    /// <summary>
    /// Addresses that members advertise exactly like this, possibly with names, which are therefore not resolved. Any other name
    /// stands for all of its addresses. A process must never be contacted under two names: Akka.Remote would take the second
    /// connection for a successor of the first, and stop reading the first.
    /// </summary>
    public IReadOnlyCollection<HostPort> Advertised { get; init; } = [];

    /// <summary>
    /// Addresses of processes that this process knew before a restart. They are contacted after the seed nodes.
    /// </summary>
    public Func<IReadOnlyList<HostPort>> Known { get; init; } = () => [];

    /// <summary>
    /// Returns the id of the Raft cluster of this process's node; null if it has no node, or a node without a cluster. A process
    /// does not join before it knows this, because it must not join processes of another cluster.
    /// </summary>
    public Func<Task<string?>> RaftCluster { get; init; } = () => Task.FromResult<string?>(null);

    /// <summary>The moves of this process to other Akka clusters, across all its ActorSystems.</summary>
    public Moves Moves { get; init; } = new(TimeProvider.System);

    /// <summary>Processes of the cluster for which the previous ActorSystem was replaced. They are contacted first.</summary>
    public IReadOnlyList<HostPort> Through { get; init; } = [];
}

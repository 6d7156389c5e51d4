using Raft.Programs.Addresses;
using Raft.Programs.Hosting;

namespace Raft.Programs.Joining;

/// <summary>What a process knows of others before it has joined any.</summary>
internal sealed record JoiningOptions
{
    /// <summary>Seed nodes as a person wrote them. The first of them may form the Akka cluster if nobody answers.</summary>
    public required IReadOnlyList<HostPort> Seeds { get; init; }

    /// <summary>
    /// Addresses that members advertise exactly so, names among them: these are not looked up. Any other name stands for all of its
    /// addresses. One process must never be called by two names: Akka.Remote would take the second connection for a
    /// successor of the first, and read the first one no more.
    /// </summary>
    public IReadOnlyCollection<HostPort> Advertised { get; init; } = [];

    /// <summary>Addresses of members that this process saw in a former life; asked after the seed nodes.</summary>
    public Func<IReadOnlyList<HostPort>> Known { get; init; } = () => [];

    /// <summary>
    /// The id of the Raft cluster that this process's node is of; null where it has no node, or none that has a cluster yet. A process
    /// joins nobody before it has an answer: processes of another cluster must not be joined.
    /// </summary>
    public Func<Task<string?>> RaftCluster { get; init; } = () => Task.FromResult<string?>(null);

    /// <summary>How often this process has gone over to another Akka cluster, in all its lives.</summary>
    public Moves Moves { get; init; } = new(TimeProvider.System);

    /// <summary>Members of the cluster that an earlier ActorSystem of this process was replaced for; asked first.</summary>
    public IReadOnlyList<HostPort> Through { get; init; } = [];
}

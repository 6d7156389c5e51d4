using Raft.Lighthouse.Hosting;

namespace Raft.Lighthouse.Joining;

/// <summary>What a process knows of others before it has joined any.</summary>
internal sealed record JoiningOptions
{
    /// <summary>Seed nodes as a person wrote them. The first of them may form the Akka cluster if nobody answers.</summary>
    public required IReadOnlyList<HostPort> Seeds { get; init; }

    /// <summary>
    /// Whether names are looked up, so that a name stands for all of its addresses. Not where this process itself advertises a
    /// name: then others do too. One process is never asked in both forms: Akka.Remote would have two connections from here, and
    /// read only the one that came last.
    /// </summary>
    public bool IsLookedUp { get; init; } = true;

    /// <summary>Addresses of members that this process saw in a former life; asked after the seed nodes.</summary>
    public Func<IReadOnlyList<HostPort>> Known { get; init; } = () => [];

    /// <summary>Members of the cluster that an earlier ActorSystem of this process was replaced for; asked first.</summary>
    public IReadOnlyList<HostPort> Through { get; init; } = [];
}

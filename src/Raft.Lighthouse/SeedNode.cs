using Akka.Actor;
using Raft.Programs.Configuration;
using Raft.Programs.Hosting;
using Raft.Programs.Joining;

namespace Raft.Lighthouse;

/// <summary>A lighthouse: an ActorSystem through which other processes join, and which does nothing else.</summary>
internal sealed class SeedNode : IRunningSystem
{
    private readonly ActorSystem _system;

    private SeedNode(ActorSystem system, Task<Ending> ended)
    {
        _system = system;
        Ended = ended;
    }

    /// <inheritdoc/>
    public Task<Ending> Ended { get; }

    /// <summary>Starts the lighthouse.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="former">The state that earlier ActorSystems of this process left.</param>
    /// <exception cref="StartupException">The address or the configuration can't be used.</exception>
    public static SeedNode Start(SeedNodeOptions options, FormerLives former)
    {
        var config = Hocon.Parse("the options", options.Overrides + Hocon.Remote(options.Remote))
            .WithFallback(Hocon.Load("lighthouse.conf", "common.conf"));
        var system = ActorSystems.Start(options.Cluster, options.Remote, config);
        PetabridgeTools.Start(system);
        var joining = new JoiningOptions { Seeds = options.Seeds, Through = former.Through, Moves = former.Moves };
        return new SeedNode(system, AkkaMembership.Join(system, joining));
    }

    /// <summary>Leaves the Akka cluster and stops.</summary>
    public async ValueTask DisposeAsync() => await ActorSystems.StopAsync(_system).ConfigureAwait(false);
}

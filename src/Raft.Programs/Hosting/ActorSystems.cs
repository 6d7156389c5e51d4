using Akka.Actor;
using Akka.Configuration;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Programs.Hosting;

/// <summary>Starts and stops ActorSystems.</summary>
internal static class ActorSystems
{
    /// <summary>
    /// More than a coordinated shutdown takes by <c>common.conf</c>, unless all its phases time out. A process has ten seconds.
    /// </summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(9);

    /// <summary>Starts an ActorSystem.</summary>
    /// <param name="name">The cluster's name.</param>
    /// <param name="remote">Where Akka.Remote is to listen, as the configuration has it.</param>
    /// <param name="config">All of its configuration.</param>
    /// <exception cref="AddressException">It can't listen there.</exception>
    /// <exception cref="StartupException">The configuration can't be used.</exception>
    public static ActorSystem Start(string name, OwnAddress remote, Config config)
    {
        Listening.RequireRemote(remote);
        try
        {
            return ActorSystem.Create(name, config);
        }
        catch (Exception e)
        {
            throw AddressException.CauseOf(e) is not null
                ? Listening.RemoteRefused(remote, e)
                : new StartupException($"Akka.NET can't start: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Leaves the Akka cluster and stops.</summary>
    public static async Task StopAsync(ActorSystem system)
    {
        var stopped = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(StopTimeout)).ConfigureAwait(false);
    }
}

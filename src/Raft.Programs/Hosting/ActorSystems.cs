using Akka.Actor;
using Akka.Configuration;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Programs.Hosting;

/// <summary>Starts and stops ActorSystems.</summary>
internal static class ActorSystems
{
    /// <summary>
    /// Longer than a coordinated shutdown takes with <c>common.conf</c>, unless all its phases time out. A process has ten
    /// seconds.
    /// </summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(9);

    /// <summary>Starts an ActorSystem.</summary>
    /// <param name="name">The name of the ActorSystem.</param>
    /// <param name="remote">The address on which Akka.Remote listens, as in the configuration.</param>
    /// <param name="config">The complete configuration.</param>
    /// <exception cref="AddressException">It can't listen on the address.</exception>
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

    /// <summary>Leaves the Akka cluster and stops the ActorSystem.</summary>
    public static async Task StopAsync(ActorSystem system)
    {
        var stopped = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(StopTimeout)).ConfigureAwait(false);
    }
}

using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;

namespace Raft.Lighthouse.Hosting;

/// <summary>Starts and stops ActorSystems.</summary>
internal static class ActorSystems
{
    /// <summary>
    /// More than a coordinated shutdown takes by <c>common.conf</c>, unless all its phases time out. A process has ten seconds.
    /// </summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(9);

    /// <summary>Starts an ActorSystem.</summary>
    /// <param name="name">The cluster's name.</param>
    /// <param name="remote">Where Akka.Remote is to listen, for the message.</param>
    /// <param name="config">All of its configuration.</param>
    /// <exception cref="StartupException">The address or the configuration can't be used.</exception>
    public static ActorSystem Start(string name, HostPort remote, Config config)
    {
        try
        {
            return ActorSystem.Create(name, config);
        }
        catch (Exception e)
        {
            var cause = e;
            while (cause.InnerException is not null) cause = cause.InnerException;
            var advice = cause is SocketException ? ". Is the port in use?" : "";
            throw new StartupException($"Akka.Remote can't listen on {remote}: {cause.Message}{advice}", e);
        }
    }

    /// <summary>Leaves the Akka cluster and stops.</summary>
    public static async Task StopAsync(ActorSystem system)
    {
        var stopped = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(StopTimeout)).ConfigureAwait(false);
    }
}

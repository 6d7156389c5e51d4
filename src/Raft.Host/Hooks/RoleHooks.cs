using Akka;
using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Host.Hooks;

/// <summary>Starts the scripts that run when a node takes a role.</summary>
internal static class RoleHooks
{
    /// <summary>Starts the actor if a script is configured. Call it before the node starts, so that no role is missed.</summary>
    /// <param name="system">The ActorSystem of the node.</param>
    /// <param name="options">The scripts.</param>
    /// <param name="group">The Raft group.</param>
    /// <param name="node">The node.</param>
    public static void Start(ActorSystem system, RoleHookOptions options, GroupId group, NodeId node)
    {
        if (options.IsEmpty) return;
        var hooks = system.ActorOf(Props.Create(() => new RoleHookActor(options, group, node)), $"raft-{group}-hooks");

        // After the phase in which a leader transfers leadership.
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseServiceStop,
            $"raft-{group}-hooks",
            () => hooks.Ask<Done>(RoleHookActor.Finish.Instance, Timeout.InfiniteTimeSpan));
    }
}

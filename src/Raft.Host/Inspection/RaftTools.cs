using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Host.Inspection;

/// <summary>
/// The <c>raft</c> palette of Petabridge.Cmd, beside those that a lighthouse has too. It is there only in builds with
/// <c>-p:WithPbm=true</c>; in others nothing is started.
/// </summary>
internal static partial class RaftTools
{
    /// <summary>Starts it, where it was built in.</summary>
    /// <param name="system">The process's ActorSystem; <c>petabridge.cmd</c> in its HOCON has host and port.</param>
    /// <param name="group">The group.</param>
    /// <param name="client">For reading a key.</param>
    public static void Start(ActorSystem system, IRaftGroup group, RaftClient client) => StartPbm(system, group, client);

    static partial void StartPbm(ActorSystem system, IRaftGroup group, RaftClient client);
}

using Akka.Actor;
using Raft.Actors.Clients;
using Raft.Actors.Groups;

namespace Raft.Host.Inspection;

/// <summary>
/// The <c>raft</c> command palette of Petabridge.Cmd, in addition to the palettes of a lighthouse. Only builds with
/// <c>-p:WithPbm=true</c> have it.
/// </summary>
internal static partial class RaftTools
{
    /// <summary>Starts the palette if the build has it.</summary>
    /// <param name="system">The ActorSystem. Its HOCON sets host and port in <c>petabridge.cmd</c>.</param>
    /// <param name="group">The group.</param>
    /// <param name="client">The client that reads keys.</param>
    public static void Start(ActorSystem system, IRaftGroup group, IRaftClient client) => StartPbm(system, group, client);

    static partial void StartPbm(ActorSystem system, IRaftGroup group, IRaftClient client);
}

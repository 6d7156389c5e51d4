using Akka.Actor;

namespace Raft.Programs.Hosting;

/// <summary>
/// Petabridge.Cmd, by which <c>pbm</c> looks into a running ActorSystem. Closed source and not in every package mirror, so
/// it is there only in builds with <c>-p:WithPbm=true</c>; in others nothing is started.
/// </summary>
internal static partial class PetabridgeTools
{
    /// <summary>Starts it, where it was built in.</summary>
    public static void Start(ActorSystem system) => StartPbm(system);

    static partial void StartPbm(ActorSystem system);
}

using Akka.Actor;

namespace Raft.Programs.Hosting;

/// <summary>
/// Petabridge.Cmd, with which <c>pbm</c> inspects a running ActorSystem. It is closed source and not in every package mirror, so
/// only builds with <c>-p:WithPbm=true</c> have it.
/// </summary>
internal static partial class PetabridgeTools
{
    /// <summary>Starts Petabridge.Cmd if the build has it.</summary>
    public static void Start(ActorSystem system) => StartPbm(system);

    static partial void StartPbm(ActorSystem system);
}

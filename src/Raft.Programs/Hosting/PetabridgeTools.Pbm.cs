using Akka.Actor;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Remote;

namespace Raft.Programs.Hosting;

/// <summary>Compiled only with <c>-p:WithPbm=true</c>. <c>petabridge.cmd</c> in the HOCON sets host and port.</summary>
internal static partial class PetabridgeTools
{
    static partial void StartPbm(ActorSystem system)
    {
        var pbm = PetabridgeCmd.Get(system);
        pbm.RegisterCommandPalette(ClusterCommands.Instance);
        pbm.RegisterCommandPalette(new RemoteCommands());
        pbm.Start();
    }
}

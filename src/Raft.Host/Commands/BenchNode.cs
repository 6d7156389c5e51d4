using Raft.Actors.Protocol;
using Raft.Host.Hosting;
using Raft.Programs.Addresses;

namespace Raft.Host.Commands;

/// <summary>Options of a node under measurement: it logs warnings only and listens on free ports.</summary>
internal static class BenchNode
{
    /// <param name="data">The folder that holds the journals of all nodes.</param>
    /// <param name="number">The number of the node, starting at 1.</param>
    public static NodeOptions Options(string data, int number) => new()
    {
        NodeId = new NodeId($"n{number}"),
        DataFolder = Path.Combine(data, $"n{number}"),
        Http = new HostPort("127.0.0.1", 0),
        Remote = new OwnAddress(new HostPort("127.0.0.1", 0)),
        Overrides = $"akka.loglevel = WARNING\n{LocalCluster.StopsTogether}",
    };
}

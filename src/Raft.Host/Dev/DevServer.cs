using Raft.Actors.Groups;
using Raft.Host.Hosting;
using Raft.Host.Http;
using Raft.Programs.Addresses;

namespace Raft.Host.Dev;

/// <summary>The HTTP server of a <c>raft dev</c> node, across crashes and restarts of the node.</summary>
internal static class DevServer
{
    /// <summary>Starts the server, with the routes that inject faults.</summary>
    /// <exception cref="AddressException">It can't listen on the address.</exception>
    public static Task<NodeServer> StartAsync(DevCluster cluster, DevNode node) => NodeServer.StartAsync(
        RaftApi.Build(
            new DevGroup(node, cluster.Observer),
            () => node.Down is { } down ? throw new NodeDownException(down) : node.Client,
            $"http://{node.Options.Http}",
            node.Options.Api,
            more: routes => new FaultRoutes(cluster).Map(routes)),
        node.Options.Http,
        node.Options.Api);
}

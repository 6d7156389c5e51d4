using Raft.Host.Hosting;
using Raft.Host.Http;
using Raft.Programs.Addresses;

namespace Raft.Host.Dev;

/// <summary>The HTTP server of a node of <c>raft dev</c>, through all the node's lives.</summary>
internal static class DevServer
{
    /// <summary>Starts listening, with the routes that do faults to the cluster.</summary>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static Task<NodeServer> StartAsync(DevCluster cluster, DevNode node) => NodeServer.StartAsync(
        RaftApi.Build(
            new DevGroup(node, cluster.Observer),
            () => node.Down is { } down ? throw RequestProblemException.NodeIsDown(down) : node.Client,
            $"http://{node.Options.Http}",
            node.Options.Api,
            more: routes => new FaultRoutes(cluster).Map(routes)),
        node.Options.Http,
        node.Options.Api);
}

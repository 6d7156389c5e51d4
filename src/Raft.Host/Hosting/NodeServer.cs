using Raft.Actors.Clients;
using Raft.Actors.Hosting;
using Raft.Host.Dev;
using Raft.Host.Http;
using Raft.Lighthouse.Hosting;

namespace Raft.Host.Hosting;

/// <summary>The HTTP server of a started node, or of a gateway.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;

    private NodeServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Starts listening for a node.</summary>
    /// <exception cref="StartupException">The port is in use, or the address is not this machine's.</exception>
    public static Task<NodeServer> StartAsync(NodeHost node) => StartAsync(node.Group, node.Client, node.Options.Http);

    /// <summary>Starts listening for a node of <c>raft dev</c>, through all its lives.</summary>
    /// <exception cref="StartupException">The port is in use.</exception>
    public static Task<NodeServer> StartAsync(DevCluster cluster, DevNode node) => StartAsync(
        RaftApi.Build(
            new DevGroup(node, cluster.Observer),
            () => node.Down is { } down ? throw RequestProblemException.NodeIsDown(down) : node.Client,
            $"http://{node.Options.Http}",
            cluster),
        node.Options.Http);

    /// <summary>Starts listening.</summary>
    /// <exception cref="StartupException">The port is in use, or the address is not this machine's.</exception>
    public static Task<NodeServer> StartAsync(IRaftGroup group, RaftClient client, HostPort http) =>
        StartAsync(RaftApi.Build(group, client, $"http://{http}"), http);

    private static async Task<NodeServer> StartAsync(WebApplication app, HostPort http)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
            return new NodeServer(app);
        }
        catch (IOException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new StartupException(
                $"HTTP can't listen on {http}: {e.GetBaseException().Message}. Is the port in use?", e);
        }
    }

    /// <summary>Stops listening; requests under way get a moment to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(StopTimeout).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}

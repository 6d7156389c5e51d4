using System.Net.Sockets;
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
    private readonly ApiOptions _options;

    private NodeServer(WebApplication app, ApiOptions options)
    {
        _app = app;
        _options = options;
    }

    /// <summary>Where the page is.</summary>
    public string Url => _app.Urls.First() + _options.BasePath;

    /// <summary>Where the API is.</summary>
    public string Api => Url + _options.Prefix;

    /// <summary>Starts listening for a node.</summary>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static Task<NodeServer> StartAsync(NodeHost node) =>
        StartAsync(node.Group, node.Client, node.Options.Http, node.Options.Api);

    /// <summary>Starts listening for a node of <c>raft dev</c>, through all its lives.</summary>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static Task<NodeServer> StartAsync(DevCluster cluster, DevNode node) => StartAsync(
        RaftApi.Build(
            new DevGroup(node, cluster.Observer),
            () => node.Down is { } down ? throw RequestProblemException.NodeIsDown(down) : node.Client,
            $"http://{node.Options.Http}",
            node.Options.Api,
            cluster),
        node.Options.Http,
        node.Options.Api);

    /// <summary>Starts listening.</summary>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static Task<NodeServer> StartAsync(IRaftGroup group, RaftClient client, HostPort http, ApiOptions options) =>
        StartAsync(RaftApi.Build(group, client, $"http://{http}", options), http, options);

    private static async Task<NodeServer> StartAsync(WebApplication app, HostPort http, ApiOptions options)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
            return new NodeServer(app, options);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw Listening.HttpRefused(http, e);
        }
    }

    /// <summary>Stops listening; requests under way get a moment to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(StopTimeout).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}

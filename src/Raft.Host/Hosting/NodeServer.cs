using System.Net.Sockets;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;
using Raft.Host.Http;
using Raft.Programs.Addresses;

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

    /// <summary>Starts listening.</summary>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static Task<NodeServer> StartAsync(IRaftGroup group, RaftClient client, HostPort http, ApiOptions options) =>
        StartAsync(RaftApi.Build(group, client, $"http://{http}", options), http, options);

    /// <summary>Starts a server that was built before.</summary>
    /// <param name="app">The server.</param>
    /// <param name="http">Where it is to listen.</param>
    /// <param name="options">Where its API is.</param>
    /// <exception cref="AddressException">It can't listen there.</exception>
    public static async Task<NodeServer> StartAsync(WebApplication app, HostPort http, ApiOptions options)
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

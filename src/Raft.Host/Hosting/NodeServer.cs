using System.Net.Sockets;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Host.Api;
using Raft.Host.Http;
using Raft.Programs.Addresses;

namespace Raft.Host.Hosting;

/// <summary>The HTTP server of a node or a gateway.</summary>
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

    /// <summary>The URL of the dashboard.</summary>
    public string Url => _app.Urls.First() + _options.BasePath;

    /// <summary>The URL of the API.</summary>
    public string Api => Url + _options.Prefix;

    /// <summary>Starts the server for a node.</summary>
    /// <exception cref="AddressException">It can't listen on the address.</exception>
    public static Task<NodeServer> StartAsync(NodeHost node) =>
        StartAsync(node.Group, node.Client, node.Options.Http, node.Options.Api);

    /// <summary>Starts the server for a group.</summary>
    /// <exception cref="AddressException">It can't listen on the address.</exception>
    public static Task<NodeServer> StartAsync(IRaftGroup group, IRaftClient client, HostPort http, ApiOptions options) =>
        StartAsync(RaftApi.Build(group, client, $"http://{http}", options), http, options);

    /// <summary>Starts a server that has been built before.</summary>
    /// <param name="app">The server.</param>
    /// <param name="http">The address to listen on.</param>
    /// <param name="options">The path of its API.</param>
    /// <exception cref="AddressException">It can't listen on the address.</exception>
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

    /// <summary>Stops the server. Requests in flight get a moment to complete.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(StopTimeout).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}

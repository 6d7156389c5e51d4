using Raft.Actors.Protocol;
using Raft.Host.Commands;
using Raft.Host.Dev;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>Three nodes of <c>raft dev</c>, with the routes that inject faults.</summary>
internal sealed class DevNodes : IAsyncDisposable
{
    private readonly TempFolder _data = new();
    private readonly List<NodeServer> _servers = [];
    private DevCluster _cluster = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public IReadOnlyList<string> Urls => [.. _servers.Select(s => s.Url)];

    public static async Task<DevNodes> StartAsync()
    {
        var dev = new DevNodes();
        dev._cluster = await DevCluster.StartAsync(
            [.. Enumerable.Range(1, 3).Select(i => BenchNode.Options(dev._data.Path, i))], new ClusterId("dev"));
        foreach (var node in dev._cluster.Nodes) dev._servers.Add(await DevServer.StartAsync(dev._cluster, node));
        dev.Http.BaseAddress = new Uri(dev.Urls[0]);
        await dev._cluster.Local.WaitForLeaderAsync(CancellationToken.None);
        return dev;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
        await _cluster.DisposeAsync();
        _data.Dispose();
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Raft.Programs.Addresses;
using Xunit;

namespace Raft.Host.Tests.Http;

/// <summary>Three nodes in this process with their APIs: real Akka.Remote, HTTP on free ports, and journals in files.</summary>
public sealed class ThreeNodes : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<NodeServer> _servers = [];
    private LocalCluster _cluster = null!;

    internal IReadOnlyList<NodeHost> Nodes => _cluster.Nodes;

    internal HttpClient Http => _http;

    internal IReadOnlyList<string> Urls => [.. _servers.Select(s => s.Url)];

    /// <summary>The address at which a process joins their Akka cluster.</summary>
    internal HostPort Seed => new(_cluster.Nodes[0].Self.Host, _cluster.Nodes[0].Self.Port);

    public async Task InitializeAsync()
    {
        _cluster = await LocalCluster.StartAsync([.. Enumerable.Range(1, 3).Select(i => BenchNode.Options(_data.Path, i))]);
        foreach (var node in _cluster.Nodes) _servers.Add(await NodeServer.StartAsync(node));
        await _cluster.WaitForLeaderAsync(CancellationToken.None);
        foreach (var url in Urls)
        {
            using var write = await _http.PutAsync($"{url}/api/kv/{new Uri(url).Port}", new StringContent("x"));
            write.EnsureSuccessStatusCode();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _data.Dispose();
    }

    /// <summary>Returns a follower that knows its leader, and that leader.</summary>
    internal async Task<(string Url, string NodeId, string Leader)> FollowerAsync()
    {
        while (true)
        {
            foreach (var url in Urls)
            {
                var status = await _http.GetFromJsonAsync<JsonElement>($"{url}/api/status");
                if (status.GetProperty("role").GetString() == "follower"
                    && status.GetProperty("leaderId").GetString() is { } leader)
                    return (url, status.GetProperty("nodeId").GetString()!, leader);
            }
        }
    }

    /// <summary>Returns the leader, confirmed by a linearizable read.</summary>
    internal async Task<string> LeaderAsync()
    {
        while (true)
        {
            foreach (var url in Urls)
            {
                using var read = await _http.GetAsync($"{url}/api/kv/none");
                var status = await _http.GetFromJsonAsync<JsonElement>($"{url}/api/status");
                if (status.GetProperty("role").GetString() == "leader") return status.GetProperty("nodeId").GetString()!;
            }
        }
    }
}

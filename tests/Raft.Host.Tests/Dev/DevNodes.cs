using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Raft.Host.Commands;
using Raft.Host.Dev;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Dev;

/// <summary>The cluster of <c>raft dev</c> in this process, controlled by HTTP.</summary>
public sealed class DevNodes : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly List<NodeServer> _servers = [];
    private DevCluster _cluster = null!;

    internal HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    internal static readonly string[] Names = ["n1", "n2", "n3"];

    public async Task InitializeAsync()
    {
        _cluster = await DevCluster.StartAsync([.. Enumerable.Range(1, 3).Select(i => BenchNode.Options(_data.Path, i))], null);
        foreach (var node in _cluster.Nodes) _servers.Add(await DevServer.StartAsync(_cluster, node));
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    public void Dispose()
    {
        Http.Dispose();
        _data.Dispose();
    }

    /// <summary>Returns the URL of a node.</summary>
    internal string UrlOf(string node) => _servers[Array.IndexOf(Names, node)].Url;

    /// <summary>Waits until all nodes run, all links work, and there is a leader.</summary>
    internal async Task<string> HealedAsync()
    {
        (await Http.DeleteAsync($"{UrlOf("n1")}/api/dev/faults")).EnsureSuccessStatusCode();
        await Task.WhenAll(Names.Select(n => WriteAsync(n, "healed", "yes")));
        return await LeaderAmongAsync(Names);
    }

    internal async Task DoAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, UrlOf("n1") + path);
        if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { });
        using var answer = await Http.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until one of these nodes reports that it leads.</summary>
    internal async Task<string> LeaderAmongAsync(IEnumerable<string> nodes)
    {
        while (true)
        {
            foreach (var node in nodes)
            {
                if (await RoleOfAsync(node) == "leader") return node;
            }
        }
    }

    /// <summary>Returns the role of a node; null if it does not answer.</summary>
    internal async Task<string?> RoleOfAsync(string node)
    {
        using var answer = await Http.GetAsync($"{UrlOf(node)}/api/status");
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("role").GetString()
            : null;
    }

    /// <summary>Writes through a node until it is acknowledged.</summary>
    internal async Task WriteAsync(string node, string key, string value)
    {
        while (true)
        {
            using var answer = await Http.PutAsync($"{UrlOf(node)}/api/kv/{key}", new StringContent(value));
            if (answer.IsSuccessStatusCode) return;
        }
    }

    /// <summary>Waits until a node has a value in its own state.</summary>
    internal async Task SeesAsync(string node, string key, string value)
    {
        while (true)
        {
            using var answer = await Http.GetAsync($"{UrlOf(node)}/api/kv/{key}?consistency=stale");
            if (answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() == value) return;
        }
    }
}

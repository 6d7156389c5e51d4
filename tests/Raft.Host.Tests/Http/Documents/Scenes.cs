using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Raft.Host.Tests.Http.Documents;

/// <summary>The state of a node.</summary>
internal enum Scene
{
    /// <summary>The node leads its group of one, and has the key <c>there</c>.</summary>
    Healthy,

    /// <summary>The node's only peer does not answer.</summary>
    Leaderless,

    /// <summary>The node has halted.</summary>
    Halted,

    /// <summary>The node's contact claims to lead, but answers no other request.</summary>
    Silent,

    /// <summary>The client's only slot for a pending request is taken.</summary>
    Busy,

    /// <summary>A node of <c>raft dev</c>, whose peer n2 has crashed.</summary>
    Dev,
}

/// <summary>A request that causes a problem.</summary>
/// <param name="Operation">The operation that the request calls.</param>
/// <param name="Status">The status code of the problem.</param>
/// <param name="Scene">The state of the node.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Header">A header, as <c>NAME: VALUE</c>; null for none.</param>
internal sealed record Provocation(
    string Operation, int Status, Scene Scene, string Method, string Path, string? Body = null, string? Header = null)
{
    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (Header?.Split(": ") is not [var name, var value]) return request;
        if (name == "Content-Type") request.Content!.Headers.ContentType = new MediaTypeHeaderValue(value);
        else request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}

/// <summary>Starts a node for each requested scene.</summary>
internal sealed class Scenes : IAsyncDisposable
{
    private const string Hasty = "raft.client { request-timeout = 300ms, search-after = 100ms, failover-after = 200ms }";

    private readonly Dictionary<Scene, TestNode> _nodes = [];
    private Task<HttpResponseMessage>? _underWay;
    private DevNodes? _dev;

    /// <summary>Sends a request to the node of a scene.</summary>
    public async Task<HttpClient> GetAsync(Scene scene)
    {
        if (scene == Scene.Dev) return (_dev ??= await StartDevAsync()).Http;
        if (!_nodes.TryGetValue(scene, out var node)) _nodes[scene] = node = await StartAsync(scene);
        return node.Http;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        if (_dev is not null) await _dev.DisposeAsync();
        if (_underWay is not null) await _underWay.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task<DevNodes> StartDevAsync()
    {
        var dev = await DevNodes.StartAsync();
        (await dev.Http.PostAsJsonAsync("/api/dev/nodes/n2/crash", new { })).EnsureSuccessStatusCode();
        return dev;
    }

    private async Task<TestNode> StartAsync(Scene scene)
    {
        switch (scene)
        {
            case Scene.Healthy:
                var healthy = await TestNode.StartAsync();
                await healthy.PutAsync("/api/kv/there", "x");
                return healthy;
            case Scene.Leaderless:
                return await TestNode.StartAsync(", \"n2=127.0.0.1:1\"", Hasty, contact: (_, group) => group.Node);
            case Scene.Halted:
                var halted = await TestNode.StartAsync(
                    overrides: "raft.client.request-timeout = 3s", stateMachine: () => new BrokenMachine());
                (await halted.SendAsync(HttpMethod.Put, "/api/kv/x", "v")).Dispose();
                return halted;
            case Scene.Silent:
                return await TestNode.StartAsync(overrides: Hasty, contact: TestNode.Silent);
            default:
                return await BusyAsync();
        }
    }

    /// <summary>Waits until the second of two requests is rejected, because the first one is pending then.</summary>
    private async Task<TestNode> BusyAsync()
    {
        var node = await TestNode.StartAsync(
            overrides: "raft.client { request-timeout = 1h, max-pending-requests = 1 }", contact: TestNode.Silent);
        _underWay = node.SendAsync(HttpMethod.Put, "/api/kv/first", "1");
        while (true)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            using var probe = new HttpRequestMessage(HttpMethod.Get, "/api/kv/x");
            try
            {
                using var answer = await node.Http.SendAsync(probe, timeout.Token);
                return node;
            }
            catch (OperationCanceledException)
            {
                // This request arrived first and takes the slot until it is cancelled.
            }
        }
    }
}

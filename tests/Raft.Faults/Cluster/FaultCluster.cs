using System.Net.Http.Json;
using System.Text.Json;
using Raft.Benchmarks.Failover;
using Raft.Faults.Network;
using Raft.Host.Tests.Processes;

namespace Raft.Faults.Cluster;

/// <summary>Five <c>raft node</c> processes, each in its own network namespace and with its own data folder.</summary>
/// <param name="network">The network of the nodes.</param>
/// <param name="http">Sends requests to the nodes.</param>
/// <param name="folder">Folder of the journals and of what the nodes print.</param>
internal sealed class FaultCluster(FaultNetwork network, HttpClient http, string folder) : IAsyncDisposable
{
    /// <summary>The number of nodes.</summary>
    public const int Count = 5;

    private static readonly TimeSpan StatusTimeout = TimeSpan.FromMilliseconds(500);

    private readonly RaftProcess?[] _nodes = new RaftProcess?[Count];

    /// <summary>The numbers of the nodes.</summary>
    public static IReadOnlyList<int> Nodes { get; } = [.. Enumerable.Range(0, Count)];

    /// <summary>The network.</summary>
    public FaultNetwork Network => network;

    /// <summary>Folder of the journals and of what the nodes print.</summary>
    public string Folder => folder;

    /// <summary>Returns the address of a node's HTTP server.</summary>
    public static string UrlOf(int node) => $"http://{FaultNetwork.AddressOf(node)}:8080";

    /// <summary>Returns the name of a node.</summary>
    public static string NameOf(int node) => $"n{node + 1}";

    /// <summary>How the nodes discover each other.</summary>
    public Discovery Discovery { get; } = new(network);

    /// <summary>Starts all nodes.</summary>
    public async Task StartAsync()
    {
        await Discovery.StartAsync();
        await Task.WhenAll(Nodes.Select(StartAsync));
    }

    /// <summary>Starts a node, which may have been stopped before.</summary>
    public async Task StartAsync(int node) => _nodes[node] = await RaftProcess.StartAsync(
        "listens on",
        ["node"],
        new(Discovery.Variables)
        {
            ["RAFT_NODE_ID"] = NameOf(node),
            ["RAFT_DATA"] = Path.Combine(folder, NameOf(node)),
            ["RAFT_HTTP"] = $"{FaultNetwork.AddressOf(node)}:8080",
            ["RAFT_REMOTE"] = $"{FaultNetwork.AddressOf(node)}:4053",
        },
        network.EnterNode(node));

    /// <summary>Kills a node with SIGKILL, and returns when its process has ended.</summary>
    public async Task KillAsync(int node)
    {
        if (_nodes[node] is not { } process) return;
        _nodes[node] = null;
        await process.DisposeAsync();
        await LogAsync(node, process);
    }

    /// <summary>Stops a node with SIGTERM, and waits until its process has ended.</summary>
    public async Task StopAsync(int node)
    {
        await _nodes[node]!.SignalAsync("TERM");
        await KillAsync(node);
    }

    /// <summary>Returns the process ID of a node.</summary>
    /// <exception cref="InvalidOperationException">The node is down.</exception>
    public int ProcessOf(int node) =>
        _nodes[node]?.Id ?? throw new InvalidOperationException($"{NameOf(node)} is down.");

    /// <summary>Returns a node's own status; null if it does not answer.</summary>
    public async Task<NodeView?> StatusAsync(int node, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StatusTimeout);
        try
        {
            using var answer = await http.GetAsync($"{UrlOf(node)}/api/status", timeout.Token);
            if (!answer.IsSuccessStatusCode) return null;
            return NodeView.Of(await answer.Content.ReadFromJsonAsync<JsonElement>(timeout.Token));
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Returns what a node's doctor reports about connectivity; null if it does not answer.</summary>
    public async Task<IReadOnlyList<string>?> CutsAsync(int node, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<JsonElement>($"{UrlOf(node)}/api/doctor", cancellationToken);
            return [.. answer.GetProperty("findings").EnumerateArray()
                .Where(f => f.GetProperty("subject").GetString() == "connectivity")
                .Where(f => f.GetProperty("severity").GetString() != "ok")
                .Select(f => f.GetProperty("what").GetString()!)];
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(KillAsync));
        await Discovery.DisposeAsync();
    }

    private Task LogAsync(int node, RaftProcess process) =>
        File.AppendAllTextAsync(Path.Combine(folder, $"{NameOf(node)}.log"), $"{process.Output}-- ended\n");
}

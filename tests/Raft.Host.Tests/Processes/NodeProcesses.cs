using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>Three <c>raft node</c> processes with fixed members.</summary>
internal sealed class NodeProcesses : IAsyncDisposable
{
    private const int Count = 3;

    private readonly TempFolder _data;
    private readonly int _firstPort = RaftProcess.FreePorts(2 * Count);
    private readonly RaftProcess?[] _nodes = new RaftProcess?[Count];

    private NodeProcesses(TempFolder data) => _data = data;

    public IReadOnlyList<string> Urls => [.. Enumerable.Range(0, Count).Select(i => $"http://127.0.0.1:{_firstPort + i}")];

    /// <summary>Starts all nodes at the same time and waits until each answers.</summary>
    /// <param name="data">The folder of the nodes' data.</param>
    /// <param name="began">Called with the id of each process as soon as it runs.</param>
    public static async Task<NodeProcesses> LaunchAsync(TempFolder data, Action<int>? began = null)
    {
        var cluster = new NodeProcesses(data);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Count).Select(i => cluster.StartAsync(i, third: null, began)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all nodes and waits until a write succeeds.</summary>
    public static async Task<NodeProcesses> StartAsync(TempFolder data)
    {
        var cluster = await LaunchAsync(data);
        var first = await RaftProcess.RunAsync(["kv", "put", "first", "write", "--node", cluster.Urls[0]]);
        Assert.True(first.ExitCode == 0, first.Output);
        return cluster;
    }

    /// <summary>Returns the address of a node's Akka.Remote.</summary>
    public string Address(int node) => $"127.0.0.1:{_firstPort + Count + node}";

    /// <summary>Starts a node.</summary>
    /// <param name="node">The node's number, from 0.</param>
    /// <param name="third">A wrong address for n3; null for the right one.</param>
    public Task StartAsync(int node, string? third = null) => StartAsync(node, third, began: null);

    public Task KillAsync(int node) => _nodes[node]!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            if (node is not null) await node.DisposeAsync();
        }
    }

    private async Task StartAsync(int node, string? third, Action<int>? began) =>
        _nodes[node] = await RaftProcess.StartAsync("listens on", ["node"], new()
        {
            ["RAFT_NODE_ID"] = $"n{node + 1}",
            ["RAFT_DATA"] = _data.File($"n{node + 1}"),
            ["RAFT_HTTP"] = $"127.0.0.1:{_firstPort + node}",
            ["RAFT_MEMBERS"] = $"n1={Address(0)},n2={Address(1)},n3={third ?? Address(2)}",
        }, began: began);
}

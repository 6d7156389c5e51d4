using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Commands;

/// <summary>Three nodes in this process, of which n1 leads, with one key. Commands are run against n1.</summary>
public sealed class CommandCluster : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly List<NodeServer> _servers = [];
    private LocalCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await LocalCluster.StartAsync([.. Enumerable.Range(1, 3).Select(i => BenchNode.Options(_data.Path, i))]);
        foreach (var node in _cluster.Nodes) _servers.Add(await NodeServer.StartAsync(node));
        await _cluster.WaitForLeaderAsync(CancellationToken.None);
        Assert.Equal(ExitCode.Done, (await RunAsync("kv", "put", "colour", "red")).ExitCode);
        await LeadAsync("n1");
    }

    /// <summary>Runs a command against n1.</summary>
    internal Task<CommandRun> RunAsync(params string[] args) => CommandLine.RunAsync([], [.. args, "--node", _servers[0].Url]);

    /// <summary>Where the nodes answer.</summary>
    internal IReadOnlyList<string> Urls => [.. _servers.Select(s => s.Url)];

    /// <summary>Makes a node lead, and waits until every node has said so.</summary>
    internal async Task LeadAsync(string node)
    {
        while (true)
        {
            var status = await RunAsync("status");
            if (status.Lines.Count(l => l.Contains($" {node} ", StringComparison.Ordinal)) >= 3 && status.Output.Contains($"{node} *", StringComparison.Ordinal)) return;
            await RunAsync("transfer", node);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();
}

using Raft.Host.Client;
using Raft.Host.Commands;
using Raft.Host.Hosting;
using Raft.Host.Tests.Processes;
using Xunit;

namespace Raft.Host.Tests.Commands;

/// <summary>Three nodes in this process with one key; n1 leads. Commands run against n1.</summary>
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
        await UntilAsync(run => run.Lines.Count(line => line.Contains(" up ", StringComparison.Ordinal)) == 3, "members");
    }

    /// <summary>Runs a command against n1.</summary>
    internal Task<CommandRun> RunAsync(params string[] args) => CommandLine.RunAsync([], [.. args, "--node", _servers[0].Url]);

    /// <summary>The URLs of the nodes.</summary>
    internal IReadOnlyList<string> Urls => [.. _servers.Select(s => s.Url)];

    /// <summary>Makes a node lead, and waits until all nodes and all event streams report that.</summary>
    internal async Task LeadAsync(string node)
    {
        while (!IsLedBy(node, await RunAsync("status"))) await RunAsync("transfer", node);
        foreach (var url in Urls)
            await UntilAsync(
                run => run.Output.Contains($"{node} leads", StringComparison.Ordinal), "watch", "--once", "--node", url);
    }

    private static bool IsLedBy(string node, CommandRun status) =>
        status.Lines.Count(line => line.Contains($" {node} ", StringComparison.Ordinal)) >= 3
        && status.Output.Contains($"{node} *", StringComparison.Ordinal);

    private async Task UntilAsync(Func<CommandRun, bool> isSo, params string[] args)
    {
        string[] asked = args.Contains("--node") ? args : [.. args, "--node", Urls[0]];
        while (!isSo(await CommandLine.RunAsync([], asked)))
        {
            // Gossip and event streams lag behind; each command takes some time.
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();
}

using System.Diagnostics;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>Clusters of real processes that are not reached at the IPv4 address at which they listen.</summary>
[Collection(nameof(ProcessTests))]
public sealed class AddressTests
{
    private const int Count = 3;

    [Fact]
    public async Task Nodes_serve_at_IPv6_addresses()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(2 * Count);
        await using var nodes = await StartAsync(data, "[::1]", i => port + i, i => $"[::1]:{port + Count + i}", bind: null);

        await ServesAsync($"http://[::1]:{port}");
        Assert.Equal(0, await HealthAsync($"[::1]:{port}"));
        Assert.Equal(0, await HealthAsync($"[::1]:{port}", "/health/ready"));
        Assert.NotEqual(0, await HealthAsync($"[::1]:{port}", "/nowhere"));
    }

    [Theory]
    [InlineData("0.0.0.0", 0)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("localhost", 1)]
    public async Task A_container_is_asked_for_its_health_where_HTTP_listens(string host, int unknownPort)
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(2);
        await using var node = await RaftProcess.StartAsync("listens on", ["node"], new()
        {
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.Path,
            ["RAFT_HTTP"] = $"{host}:{port}",
            ["RAFT_MEMBERS"] = $"n1=127.0.0.1:{port + 1}",
        });

        Assert.Equal(unknownPort, await HealthAsync($"{host}:{port + unknownPort}"));
    }

    /// <summary>
    /// Like NAT: no node listens at its advertised address, and a relay forwards the connections.
    /// </summary>
    [Fact]
    public async Task Nodes_may_listen_elsewhere_than_they_are_reached()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(3 * Count);
        var relays = Enumerable.Range(0, Count).Select(i => new Relay(port + Count + i, port + (2 * Count) + i)).ToArray();
        try
        {
            await using var nodes = await StartAsync(
                data,
                "127.0.0.1",
                i => port + i,
                i => $"127.0.0.1:{port + Count + i}",
                i => $"127.0.0.1:{port + (2 * Count) + i}");

            await ServesAsync($"http://127.0.0.1:{port}");
        }
        finally
        {
            foreach (var relay in relays) relay.Dispose();
        }
    }

    [Fact]
    public async Task A_process_that_is_not_told_its_address_says_which_one_it_takes()
    {
        using var data = new TempFolder();
        var port = RaftProcess.FreePorts(5);
        var seeds = $"[::1]:{port + 2}";
        await using var node = await RaftProcess.StartAsync("→ leader", ["node"], new()
        {
            ["RAFT_BOOTSTRAP_EXPECT"] = "1",
            ["RAFT_NODE_ID"] = "n1",
            ["RAFT_DATA"] = data.Path,
            ["RAFT_SEED_NODES"] = seeds,
            ["RAFT_HTTP"] = $"[::1]:{port + 1}",
            ["RAFT_REMOTE_BIND"] = $"[::]:{port + 2}",
        });
        await using var gateway = await RaftProcess.StartAsync("listens on", ["gateway"], new()
        {
            ["RAFT_SEED_NODES"] = seeds,
            ["RAFT_HTTP"] = $"[::1]:{port + 3}",
            ["RAFT_REMOTE"] = $"[::1]:{port + 4}",
        });

        Assert.Contains(
            $"RAFT_REMOTE is not set. This process advertises [::1]:{port + 2}, its address on the route to {seeds}.",
            node.Output, StringComparison.Ordinal);
        await ServesAsync($"http://[::1]:{port + 3}");
    }

    private static async Task<Nodes> StartAsync(
        TempFolder data, string http, Func<int, int> httpPort, Func<int, string> remote, Func<int, string>? bind)
    {
        var members = string.Join(',', Enumerable.Range(0, Count).Select(i => $"n{i + 1}={remote(i)}"));
        return new Nodes(await Task.WhenAll(Enumerable.Range(0, Count).Select(i =>
        {
            var environment = new Dictionary<string, string>
            {
                ["RAFT_NODE_ID"] = $"n{i + 1}",
                ["RAFT_DATA"] = data.File($"n{i + 1}"),
                ["RAFT_HTTP"] = $"{http}:{httpPort(i)}",
                ["RAFT_MEMBERS"] = members,
            };
            if (bind is not null) environment["RAFT_REMOTE_BIND"] = bind(i);
            return RaftProcess.StartAsync("listens on", ["node"], environment);
        })));
    }

    /// <summary>A write waits for a leader; a gateway that has just joined responds with 503 until it knows one.</summary>
    private static async Task ServesAsync(string url)
    {
        const int notNow = 5;
        (int ExitCode, string Output) put;
        do put = await RaftProcess.RunAsync(["kv", "put", "colour", "red", "--node", url]);
        while (put.ExitCode == notNow);
        Assert.True(put.ExitCode == 0, put.Output);
    }

    private static async Task<int> HealthAsync(string http, params string[] path)
    {
        var script = Repository.PathOf("docker/health");
        var start = new ProcessStartInfo("bash", [script, .. path]) { RedirectStandardError = true };
        start.Environment["RAFT_HTTP"] = http;
        using var health = Process.Start(start)!;
        await health.WaitForExitAsync();
        return health.ExitCode;
    }

    private sealed class Nodes(IReadOnlyList<RaftProcess> processes) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes) await process.DisposeAsync();
        }
    }
}

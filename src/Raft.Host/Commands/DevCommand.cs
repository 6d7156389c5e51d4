using System.CommandLine;
using Raft.Actors.Protocol;
using Raft.Host.Api;
using Raft.Host.Dev;
using Raft.Host.Hooks;
using Raft.Host.Hosting;
using Raft.Host.Telemetry;
using Raft.Programs.Addresses;
using Raft.Programs.Configuration;

namespace Raft.Host.Commands;

/// <summary><c>raft dev</c>: runs a cluster in one process, for trying things out and for development.</summary>
internal static class DevCommand
{
    private const string ClusterIdFile = "cluster-id";
    private const int MaxNodes = 9;
    private static readonly TimeSpan LeaderTimeout = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var nodes = NumberOption.Create("--nodes", "Number of nodes.", standard: 3, min: 1, MaxNodes);
        var data = new Option<string>("--data")
        {
            Description = "Data folder. Each node has its own folder in it.",
            DefaultValueFactory = _ => "data",
        };
        var port = NumberOption.Create(
            "--port", "HTTP port of the first node. The other nodes use the ports after "
            + "it.", standard: 8080, min: 1, 65535 - MaxNodes);
        var command = new Command(
            "dev", "Run a cluster in one process: real nodes with real journals, connected over loopback. Ctrl-C stops it.")
        {
            nodes,
            data,
            port,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(nodes), parsed.GetValue(data)!, parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int nodes, string data, int port, CancellationToken cancellationToken)
    {
        KnownVariables.WarnOfOthers();
        using var telemetry = OtlpExport.Start(Environment.GetEnvironmentVariable);
        var variables = new Variables(Environment.GetEnvironmentVariable);
        var options = Enumerable.Range(0, nodes).Select(i => Options(variables, data, i, port)).ToArray();
        foreach (var node in options) Listening.RequireHttp(node.Http);
        await using var cluster = await DevCluster.StartAsync(options, KeptClusterId(data));
        var servers = new List<NodeServer>();
        try
        {
            foreach (var node in cluster.Nodes) servers.Add(await DevServer.StartAsync(cluster, node));
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(LeaderTimeout);
            var leader = await cluster.Local.WaitForLeaderAsync(timeout.Token);
            Announce(cluster, servers, leader.Self.Id);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopping.");
        }
        catch (OperationCanceledException)
        {
            throw new StartupException(
                $"No leader was elected within {LeaderTimeout.TotalSeconds} s. See the log lines above.");
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }

        return 0;
    }

    private static NodeOptions Options(Variables variables, string data, int i, int port)
    {
        var node = new NodeId($"n{i + 1}");
        return new NodeOptions
        {
            NodeId = node,
            DataFolder = Path.Combine(data, node.Value),
            Http = new HostPort("localhost", port + i),
            Remote = new OwnAddress(new HostPort("127.0.0.1", 0)),
            Api = ApiEnvironment.Read(variables),
            Hooks = RoleHookOptions.Read(variables),
            Overrides = $"{LocalCluster.StopsTogether}\n{RaftKeys.Overrides(variables)}{variables.LogLevel()}",
        };
    }

    /// <summary>
    /// Keeps the cluster id in a file: it must survive restarts, and the addresses of the nodes change with each one.
    /// </summary>
    private static ClusterId KeptClusterId(string data)
    {
        var file = Path.Combine(data, ClusterIdFile);
        try
        {
            Directory.CreateDirectory(data);
            if (!File.Exists(file)) File.WriteAllText(file, Guid.NewGuid().ToString("N")[..16] + "\n");
            return ClusterId.Parse(File.ReadAllText(file).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartupException($"The data folder {Path.GetFullPath(data)} can't be used: {e.Message}", e);
        }
    }

    private static void Announce(DevCluster cluster, List<NodeServer> servers, NodeId leader)
    {
        Console.WriteLine();
        Console.WriteLine($"{leader} is the leader. The nodes listen on:");
        foreach (var (node, server) in cluster.Nodes.Zip(servers))
            Console.WriteLine($"  {node.Id}  {server.Api}/status{(node.Id == leader ? "  (leader)" : "")}");
        Console.WriteLine();
        Console.WriteLine($"Open the dashboard at {servers[0].Url} to watch the nodes, pause or crash them, and cut links.");
        Console.WriteLine("Every node accepts every request. Try:");
        Console.WriteLine($"  curl -X PUT {servers[0].Api}/kv/colour -d red");
        Console.WriteLine($"  curl {servers[^1].Api}/kv/colour");
        Console.WriteLine("Press Ctrl-C to stop the cluster. Its data is kept.");
    }
}

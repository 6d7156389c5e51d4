using System.Reflection;
using Raft.Faults.Network;
using Raft.Host.Tests.Processes;

namespace Raft.Faults.Cluster;

/// <summary>How the nodes find each other, and the one place that knows: through a lighthouse, and they found a cluster together.</summary>
/// <param name="network">Where the lighthouse is.</param>
internal sealed class Discovery(FaultNetwork network) : IAsyncDisposable
{
    private const string Address = $"{FaultNetwork.LighthouseAddress}:4053";

    /// <summary>The lighthouse where it was built: beside the nodes' program it would lack what it needs to start.</summary>
    private static readonly string Program = typeof(Discovery).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Lighthouse").Value!;

    private RaftProcess? _lighthouse;

    /// <summary>The variables of every node that say how it finds the others.</summary>
    public static Dictionary<string, string> Variables { get; } = new()
    {
        ["RAFT_SEED_NODES"] = Address,
        ["RAFT_BOOTSTRAP_EXPECT"] = $"{FaultCluster.Count}",
    };

    /// <summary>Starts the lighthouse.</summary>
    public async Task StartAsync() => _lighthouse = await RaftProcess.StartAsync(
        "listens on", [], new() { ["RAFT_REMOTE"] = Address }, network.EnterLighthouse, Program);

    /// <summary>Ends the lighthouse by SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lighthouse is not { } process) return;
        _lighthouse = null;
        await process.DisposeAsync();
    }
}

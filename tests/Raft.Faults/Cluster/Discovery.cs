using System.Reflection;
using Raft.Faults.Network;
using Raft.Host.Tests.Processes;

namespace Raft.Faults.Cluster;

/// <summary>
/// How the nodes discover each other, defined only here: through a lighthouse, with which they bootstrap a cluster together.
/// </summary>
/// <param name="network">The network of the lighthouse.</param>
internal sealed class Discovery(FaultNetwork network) : IAsyncDisposable
{
    private const string Address = $"{FaultNetwork.LighthouseAddress}:4053";

    /// <summary>The lighthouse in its own build folder: next to the nodes' program it would lack files that it needs.</summary>
    private static readonly string Program = typeof(Discovery).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Lighthouse").Value!;

    private RaftProcess? _lighthouse;

    /// <summary>The variables of every node for discovery.</summary>
    public static Dictionary<string, string> Variables { get; } = new()
    {
        ["RAFT_SEED_NODES"] = Address,
        ["RAFT_BOOTSTRAP_EXPECT"] = $"{FaultCluster.Count}",
    };

    /// <summary>Starts the lighthouse.</summary>
    public async Task StartAsync() => _lighthouse = await RaftProcess.StartAsync(
        "listens on", [], new() { ["RAFT_REMOTE"] = Address }, network.EnterLighthouse, Program);

    /// <summary>Kills the lighthouse with SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lighthouse is not { } process) return;
        _lighthouse = null;
        await process.DisposeAsync();
    }
}

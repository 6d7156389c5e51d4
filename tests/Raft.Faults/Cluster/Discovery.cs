using Raft.Actors.Configuration;
using Raft.Faults.Network;
using Raft.Host.Tests.Processes;

namespace Raft.Faults.Cluster;

/// <summary>
/// How the nodes find each other, and the one place that knows: through a lighthouse where the program has one and can form a
/// cluster through it, else each is told all members.
/// </summary>
/// <param name="network">Where the lighthouse is.</param>
internal sealed class Discovery(FaultNetwork network) : IAsyncDisposable
{
    private const string Program = "raft-lighthouse.dll";
    private const string Address = $"{FaultNetwork.LighthouseAddress}:4053";

    private RaftProcess? _lighthouse;

    /// <summary>Whether there is a lighthouse to start.</summary>
    public static bool HasLighthouse { get; } =
        File.Exists(Path.Combine(AppContext.BaseDirectory, Program)) && RaftConfig.Reference.HasPath("raft.bootstrap-expect");

    /// <summary>The variables of every node that say where the others are.</summary>
    public static IDictionary<string, string> Variables => HasLighthouse
        ? new Dictionary<string, string>
        {
            ["RAFT_SEED_NODES"] = Address,
            ["RAFT_BOOTSTRAP_EXPECT"] = $"{FaultCluster.Count}",
        }
        : new Dictionary<string, string>
        {
            ["RAFT_MEMBERS"] = string.Join(
                ',', FaultCluster.Nodes.Select(node => $"{FaultCluster.NameOf(node)}={FaultNetwork.AddressOf(node)}:4053")),
        };

    /// <summary>Starts the lighthouse, if there is one.</summary>
    public async Task StartAsync()
    {
        if (!HasLighthouse) return;
        _lighthouse = await RaftProcess.StartAsync(
            "listens on", [], new() { ["RAFT_REMOTE"] = Address }, network.EnterLighthouse, Program);
    }

    /// <summary>Ends the lighthouse by SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lighthouse is not { } process) return;
        _lighthouse = null;
        await process.DisposeAsync();
    }
}

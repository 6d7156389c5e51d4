using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Limits;

/// <summary>
/// An append has no more entries and bytes than <c>raft.max-append-entries</c> and <c>raft.max-append-bytes</c> allow.
/// Akka.Remote drops messages above its frame size, and the follower would never catch up.
/// </summary>
internal sealed class AppendLimits : Check
{
    /// <inheritdoc/>
    public override string Name => "append limits";

    /// <inheritdoc/>
    public override string Source => "hazard R1";

    /// <inheritdoc/>
    public override void OnRpcSent(ClusterView cluster, NodeView sender, NodeId receiver, RaftRpc rpc)
    {
        if (rpc is not AppendEntries { Entries: { Count: > 0 } entries }) return;
        Examine();
        var bytes = 0;
        for (var i = 0; i < entries.Count; i++) bytes += entries[i].EncodedBytes;
        if (entries.Count > cluster.Settings.MaxAppendEntries || bytes > cluster.Settings.MaxAppendBytes)
            throw Violated(
                $"an append has at most {cluster.Settings.MaxAppendEntries} entries of {cluster.Settings.MaxAppendBytes} bytes",
                $"{sender} sent {receiver} {entries.Count} entries of {bytes} bytes");
    }
}

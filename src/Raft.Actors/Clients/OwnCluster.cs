using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The cluster that receives a process's requests. A process learns it once and keeps it, so that an address that leads to
/// another cluster, later or by mistake, never gets requests. Thread-safe.
/// </summary>
/// <param name="configured"><c>raft.cluster-id</c>; null if it is not set.</param>
internal sealed class OwnCluster(ClusterId? configured = null)
{
    private volatile string? _id = configured?.Value;

    /// <summary>The cluster; null until it is certain.</summary>
    public ClusterId? Id => _id is { } id ? new ClusterId(id) : null;

    /// <summary>A leader and enough other nodes reported the cluster. A cluster that is known already stays.</summary>
    public void Learn(ClusterId cluster) => Interlocked.CompareExchange(ref _id, cluster.Value, null);

    /// <summary>The process's own node reported its cluster, which it knows from its disk.</summary>
    public void LearnFromOwnNode(ClusterId cluster) => _id = cluster.Value;
}

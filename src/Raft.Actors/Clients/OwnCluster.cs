using Raft.Actors.Protocol;

namespace Raft.Actors.Clients;

/// <summary>
/// The cluster that a process's requests are for. It is learned once and then kept, so that an address that leads to another
/// cluster later, or by mistake, never gets them. Thread-safe.
/// </summary>
/// <param name="configured"><c>raft.cluster-id</c>, where it is set.</param>
internal sealed class OwnCluster(ClusterId? configured = null)
{
    private volatile string? _id = configured?.Value;

    /// <summary>The cluster; null as long as nobody said so who is to be believed.</summary>
    public ClusterId? Id => _id is { } id ? new ClusterId(id) : null;

    /// <summary>A leader and enough others said so. What is known already stays.</summary>
    public void Learn(ClusterId cluster) => Interlocked.CompareExchange(ref _id, cluster.Value, null);

    /// <summary>The process's own node says so, which knows it from its disk.</summary>
    public void LearnFromOwnNode(ClusterId cluster) => _id = cluster.Value;
}

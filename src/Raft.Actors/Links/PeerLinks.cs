using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Links;

/// <summary>
/// Shared state of a group's actors in this process about the connections to the other nodes. The node, the
/// <see cref="LinkKeeper"/> and the diagnostics actor use it. It contains only nodes of the group. Thread-safe.
/// </summary>
internal sealed class PeerLinks
{
    private readonly ConcurrentDictionary<NodeId, bool> _isHeard = new();
    private readonly ConcurrentDictionary<NodeId, Renewals> _renewals = new();

    /// <summary>Records that a message from a node got through.</summary>
    public void Heard(NodeId node)
    {
        if (!_isHeard.GetValueOrDefault(node)) _isHeard[node] = true;
    }

    /// <summary>Whether a message from the node got through since the last call.</summary>
    public bool HeardSinceLastCheck(NodeId node) => _isHeard.TryRemove(node, out _);

    /// <summary>Starts counting renewals of the connection to a node.</summary>
    public void Watched(NodeId node) => _renewals.TryAdd(node, default);

    /// <summary>Drops a node that no longer has an address.</summary>
    public void Forget(NodeId node)
    {
        _isHeard.TryRemove(node, out _);
        _renewals.TryRemove(node, out _);
    }

    /// <summary>Records a renewal of the connection to a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="at">When, on this process's monotonic clock.</param>
    public void Renewed(NodeId node, TimeSpan at) =>
        _renewals.AddOrUpdate(node, new Renewals(1, at), (_, before) => new Renewals(before.Count + 1, at));

    /// <summary>The renewals of the connection to a node.</summary>
    public Renewals RenewalsOf(NodeId node) => _renewals.GetValueOrDefault(node);

    /// <summary>The number of renewals of the connection to each watched node.</summary>
    public IEnumerable<KeyValuePair<NodeId, long>> Counts => _renewals.Select(r => KeyValuePair.Create(r.Key, r.Value.Count));
}

/// <summary>Renewals of a connection.</summary>
/// <param name="Count">How many.</param>
/// <param name="Last">When the last one was, on this process's monotonic clock; meaningless if <paramref name="Count"/> is
/// 0.</param>
internal readonly record struct Renewals(long Count, TimeSpan Last);

using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>
/// When queries of other nodes came. A name in a message is what its sender likes: only nodes that have an address are taken
/// note of, so that there are never more of them. Thread-safe.
/// </summary>
/// <param name="isKnown">Whether a node has an address.</param>
internal sealed class HeardPeers(Func<NodeId, bool> isKnown)
{
    private readonly ConcurrentDictionary<NodeId, TimeSpan> _heard = new();

    /// <summary>Nodes that were heard.</summary>
    public int Count => _heard.Count;

    /// <summary>A query came.</summary>
    public void Note(NodeId from, TimeSpan now)
    {
        if (isKnown(from)) _heard[from] = now;
    }

    /// <summary>All nodes that were heard.</summary>
    public IReadOnlyList<HeardNode> All(TimeSpan now) =>
        [.. _heard.Select(h => new HeardNode(h.Key, (long)(now - h.Value).TotalMilliseconds)).OrderBy(h => h.NodeId.Value, StringComparer.Ordinal)];

    /// <summary>How long ago a node was heard; null for never.</summary>
    public TimeSpan? Ago(NodeId node, TimeSpan now) => _heard.TryGetValue(node, out var at) ? now - at : null;
}

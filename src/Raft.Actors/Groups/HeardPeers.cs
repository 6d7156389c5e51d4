using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Groups;

/// <summary>
/// When pings of other nodes arrived. A sender can put any name into a message, so only nodes with a known address count, which
/// bounds the memory. Thread-safe.
/// </summary>
/// <param name="isKnown">Returns whether a node has a known address.</param>
internal sealed class HeardPeers(Func<NodeId, bool> isKnown)
{
    private readonly ConcurrentDictionary<NodeId, TimeSpan> _heard = new();

    /// <summary>The number of nodes that were heard.</summary>
    public int Count => _heard.Count;

    /// <summary>Records a ping.</summary>
    public void Note(NodeId from, TimeSpan now)
    {
        if (isKnown(from)) _heard[from] = now;
    }

    /// <summary>Returns all nodes that were heard, ordered by name.</summary>
    public IReadOnlyList<HeardNode> All(TimeSpan now) =>
    [
        .. _heard.Select(h => new HeardNode(h.Key, (long)(now - h.Value).TotalMilliseconds))
            .OrderBy(h => h.NodeId.Value, StringComparer.Ordinal),
    ];

    /// <summary>Returns how long ago a node was heard; null if never.</summary>
    public TimeSpan? Ago(NodeId node, TimeSpan now) => _heard.TryGetValue(node, out var at) ? now - at : null;
}

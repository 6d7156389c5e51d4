using System.Collections.Concurrent;
using Raft.Actors.Protocol;

namespace Raft.Actors.Links;

/// <summary>
/// What the actors of a group in this process tell each other about the links to its other nodes. The node, the
/// <see cref="LinkKeeper"/> and the examiner share it. Thread-safe; it holds nobody but nodes of the group.
/// </summary>
internal sealed class PeerLinks
{
    private readonly ConcurrentDictionary<NodeId, bool> _isHeard = new();
    private readonly ConcurrentDictionary<NodeId, Renewals> _renewals = new();

    /// <summary>A message of a node of the group got through.</summary>
    public void Heard(NodeId node)
    {
        if (!_isHeard.GetValueOrDefault(node)) _isHeard[node] = true;
    }

    /// <summary>Whether a message of the node got through since this was asked last.</summary>
    public bool TakeHeard(NodeId node) => _isHeard.TryRemove(node, out _);

    /// <summary>The connection to a node is watched.</summary>
    public void Watched(NodeId node) => _renewals.TryAdd(node, default);

    /// <summary>A node has no address any more.</summary>
    public void Forget(NodeId node)
    {
        _isHeard.TryRemove(node, out _);
        _renewals.TryRemove(node, out _);
    }

    /// <summary>The connection to a node was renewed.</summary>
    /// <param name="node">The node.</param>
    /// <param name="at">When, on this process's clock.</param>
    public void Renewed(NodeId node, TimeSpan at) =>
        _renewals.AddOrUpdate(node, new Renewals(1, at), (_, before) => new Renewals(before.Count + 1, at));

    /// <summary>How often the connection to a node was renewed, and when last.</summary>
    public Renewals RenewalsOf(NodeId node) => _renewals.GetValueOrDefault(node);

    /// <summary>How often the connection to each watched node was renewed.</summary>
    public IEnumerable<KeyValuePair<NodeId, long>> Counts => _renewals.Select(r => KeyValuePair.Create(r.Key, r.Value.Count));
}

/// <summary>Renewals of a connection.</summary>
/// <param name="Count">How many.</param>
/// <param name="Last">When the last one was, on this process's clock; means nothing where there was none.</param>
internal readonly record struct Renewals(long Count, TimeSpan Last);

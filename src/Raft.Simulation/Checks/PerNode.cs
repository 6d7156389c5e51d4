namespace Raft.Simulation.Checks;

/// <summary>
/// The state that a check keeps for each node. A cluster has a handful of nodes, so a linear search is faster than hashing, and
/// the order is always the same.
/// </summary>
/// <typeparam name="T">The type of the state.</typeparam>
internal sealed class PerNode<T>
    where T : class, new()
{
    private readonly List<(NodeView Node, T Memory)> _nodes = [];
    private (NodeView? Node, T Memory) _last = (null, new T());

    /// <summary>Returns the state for this node, creating it at the first call.</summary>
    public T this[NodeView node]
    {
        get
        {
            if (ReferenceEquals(_last.Node, node)) return _last.Memory;
            foreach (var entry in _nodes)
            {
                if (!ReferenceEquals(entry.Node, node)) continue;
                _last = entry;
                return entry.Memory;
            }

            var created = (Node: node, Memory: new T());
            _nodes.Add(created);
            _last = created;
            return created.Memory;
        }
    }
}

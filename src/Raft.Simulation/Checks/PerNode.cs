namespace Raft.Simulation.Checks;

/// <summary>
/// What a check remembers of each node. A cluster has a handful of nodes: looking through them is faster than hashing, and
/// the order is always the same.
/// </summary>
/// <typeparam name="T">What is remembered.</typeparam>
internal sealed class PerNode<T>
    where T : class, new()
{
    private readonly List<(NodeView Node, T Memory)> _nodes = [];
    private (NodeView? Node, T Memory) _last = (null, new T());

    /// <summary>What is remembered of this node; new at the first time.</summary>
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

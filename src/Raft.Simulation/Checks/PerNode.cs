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

    /// <summary>What is remembered of this node; new at the first time.</summary>
    public T this[NodeView node]
    {
        get
        {
            foreach (var (known, memory) in _nodes)
            {
                if (ReferenceEquals(known, node)) return memory;
            }

            var created = new T();
            _nodes.Add((node, created));
            return created;
        }
    }
}

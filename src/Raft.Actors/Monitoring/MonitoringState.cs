using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>The monitor's state of a group: its nodes, the latest transitions, and the activity of the last minutes.</summary>
internal sealed class MonitoringState
{
    /// <summary>Number of transitions that are kept.</summary>
    public const int MaxTransitions = 200;

    /// <summary>Number of samples that are kept: one per second for five minutes.</summary>
    public const int MaxSamples = 300;

    private readonly SortedDictionary<string, NodeView> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, NodeStatus> _last = [];
    private readonly Queue<NodeTransition> _transitions = new();
    private readonly Queue<ActivitySample> _samples = new();

    /// <summary>A snapshot of the group.</summary>
    public GroupView Snapshot => new([.. _nodes.Values], [.. _transitions], [.. _samples]);

    /// <summary>Updates a node with what it published.</summary>
    /// <returns>The resulting events.</returns>
    public IReadOnlyList<MonitoringEvent> PutPublished(NodeId node, NodeStatus? status, NodeDown? down, DateTimeOffset at)
    {
        var address = _nodes.GetValueOrDefault(node.Value)?.Node.Address
            ?? status?.Members.FirstOrDefault(m => m.NodeId == node)?.Address
            ?? "";
        return Put(new NodeView(new MemberStatus(node, address), status, down), at);
    }

    /// <summary>Updates a node.</summary>
    /// <returns>The view and its transitions; empty if nothing changed.</returns>
    public IReadOnlyList<MonitoringEvent> Put(NodeView now, DateTimeOffset at)
    {
        var id = now.Node.NodeId;
        var before = _nodes.GetValueOrDefault(id.Value);
        _nodes[id.Value] = now;
        if (TransitionDetector.AreSame(before, now)) return [];
        NodeTransition[] transitions = [.. TransitionDetector.Between(before, _last.GetValueOrDefault(id), now, at)];
        if (now.Status is { } status) _last[id] = status;
        foreach (var transition in transitions) Keep(_transitions, transition, MaxTransitions);
        return [new NodeChanged(now), .. transitions];
    }

    /// <summary>Removes all other nodes.</summary>
    /// <param name="known">The nodes to keep.</param>
    /// <returns>A snapshot of the group if a node was removed; otherwise empty.</returns>
    public IReadOnlyList<MonitoringEvent> Keep(IReadOnlySet<NodeId> known)
    {
        var gone = _nodes.Values.Select(n => n.Node.NodeId).Where(n => !known.Contains(n)).ToArray();
        foreach (var node in gone)
        {
            _nodes.Remove(node.Value);
            _last.Remove(node);
        }

        return gone.Length == 0 ? [] : [Snapshot];
    }

    /// <summary>Adds the activity of one second.</summary>
    /// <returns>The sample.</returns>
    public IReadOnlyList<MonitoringEvent> Add(ActivitySample sample)
    {
        Keep(_samples, sample, MaxSamples);
        return [sample];
    }

    private static void Keep<T>(Queue<T> queue, T item, int limit)
    {
        while (queue.Count >= limit) queue.Dequeue();
        queue.Enqueue(item);
    }
}

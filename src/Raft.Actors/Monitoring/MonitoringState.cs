using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>A group as the feed knows it: the nodes, what happened last, and the activity of the last minutes.</summary>
internal sealed class MonitoringState
{
    /// <summary>Transitions that are kept.</summary>
    public const int MaxTransitions = 200;

    /// <summary>Samples that are kept: one a second for five minutes.</summary>
    public const int MaxSamples = 300;

    private readonly SortedDictionary<string, NodeView> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, NodeStatus> _last = [];
    private readonly Queue<NodeTransition> _transitions = new();
    private readonly Queue<ActivitySample> _samples = new();

    /// <summary>All of it.</summary>
    public GroupView Seen => new([.. _nodes.Values], [.. _transitions], [.. _samples]);

    /// <summary>What a node said of itself, with the address that it is known by.</summary>
    /// <returns>What is new.</returns>
    public IReadOnlyList<MonitoringEvent> Say(NodeId node, NodeStatus? status, NodeDown? down, DateTimeOffset at)
    {
        var address = _nodes.GetValueOrDefault(node.Value)?.Node.Address
            ?? status?.Members.FirstOrDefault(m => m.NodeId == node)?.Address
            ?? "";
        return Put(new NodeView(new MemberStatus(node, address), status, down), at);
    }

    /// <summary>A node as it is now.</summary>
    /// <returns>What is new: the transitions and the node; nothing where it is as it was.</returns>
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

    /// <summary>Forgets nodes that nobody knows any more.</summary>
    /// <param name="known">The nodes that are known.</param>
    /// <returns>All of the group where a node went; else nothing.</returns>
    public IReadOnlyList<MonitoringEvent> Keep(IReadOnlySet<NodeId> known)
    {
        var gone = _nodes.Values.Select(n => n.Node.NodeId).Where(n => !known.Contains(n)).ToArray();
        foreach (var node in gone)
        {
            _nodes.Remove(node.Value);
            _last.Remove(node);
        }

        return gone.Length == 0 ? [] : [Seen];
    }

    /// <summary>The activity of one second.</summary>
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

using System.Text.Json;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Client;

namespace Raft.Host.Watch;

/// <summary>What <c>raft watch</c> knows about the cluster, assembled from the events of <c>/api/events</c>.</summary>
/// <param name="Nodes">The nodes, sorted by name.</param>
/// <param name="Samples">The activity of the group in the last seconds, oldest first.</param>
/// <param name="Transitions">The transitions of nodes, oldest first.</param>
/// <param name="Source">The node that sends the events.</param>
/// <param name="Trouble">Why no events arrive; null while they do.</param>
internal sealed record WatchState(
    IReadOnlyList<ClusterNodeAnswer> Nodes,
    IReadOnlyList<SampleAnswer> Samples,
    IReadOnlyList<TransitionAnswer> Transitions,
    string Source,
    string? Trouble)
{
    private const int MaxSamples = 300;
    private const int MaxTransitions = 200;

    /// <summary>The initial state, which knows nothing.</summary>
    public static WatchState Empty { get; } = new([], [], [], "", "connecting");

    /// <summary>Whether a node has described the cluster and events arrive.</summary>
    public bool IsKnown => Nodes.Count > 0 && Trouble is null;

    /// <summary>The leader of the newest term, as nodes report themselves; null if no node claims to lead.</summary>
    public StatusAnswer? Leader => Nodes.Select(n => n.Status).OfType<StatusAnswer>()
        .Where(s => s.Role == "leader").MaxBy(s => s.Term);

    /// <summary>Returns the state after an event. Unknown kinds of events change nothing.</summary>
    /// <exception cref="JsonException">The data does not match the kind of the event.</exception>
    public WatchState After(string kind, string data) => kind switch
    {
        "cluster" when Read<ClusterEventAnswer>(data) is var cluster => this with
        {
            Nodes = [.. cluster.Nodes.OrderBy(n => n.NodeId, StringComparer.Ordinal)],
            Samples = Last(cluster.History, MaxSamples),
            Transitions = Last(cluster.Events, MaxTransitions),
            Trouble = null,
        },
        "node" when Read<ClusterNodeAnswer>(data) is var node => this with
        {
            Nodes = [.. Nodes.Where(n => n.NodeId != node.NodeId).Append(node).OrderBy(n => n.NodeId, StringComparer.Ordinal)],
        },
        "sample" => this with { Samples = Last([.. Samples, Read<SampleAnswer>(data)], MaxSamples) },
        "transition" => this with { Transitions = Last([.. Transitions, Read<TransitionAnswer>(data)], MaxTransitions) },
        _ => this,
    };

    private static T Read<T>(string data) =>
        JsonSerializer.Deserialize<T>(data, NodeApi.Json) ?? throw new JsonException("The event has no data.");

    private static IReadOnlyList<T> Last<T>(IReadOnlyList<T> items, int count) => [.. items.Skip(items.Count - count)];
}

using System.Text.Json;
using Raft.Host.Answers;
using Raft.Host.Client;

namespace Raft.Host.Watch;

/// <summary>What <c>raft watch</c> knows of the cluster: the events of <c>/api/events</c> so far, put together.</summary>
/// <param name="Nodes">The nodes, by name.</param>
/// <param name="Samples">What the group did in the last seconds, the oldest first.</param>
/// <param name="Transitions">What happened to nodes, the oldest first.</param>
/// <param name="Source">Where the events come from.</param>
/// <param name="Trouble">Why no events come; null while they do.</param>
internal sealed record WatchState(
    IReadOnlyList<ClusterNodeAnswer> Nodes,
    IReadOnlyList<SampleAnswer> Samples,
    IReadOnlyList<TransitionAnswer> Transitions,
    string Source,
    string? Trouble)
{
    private const int MaxSamples = 300;
    private const int MaxTransitions = 200;

    /// <summary>Nothing is known yet.</summary>
    public static WatchState Empty { get; } = new([], [], [], "", "connecting");

    /// <summary>Whether the cluster was seen.</summary>
    public bool IsKnown => Nodes.Count > 0 && Trouble is null;

    /// <summary>The newest leader that any node tells of itself; null where none does.</summary>
    public StatusAnswer? Leader => Nodes.Select(n => n.Status).OfType<StatusAnswer>()
        .Where(s => s.Role == "leader").MaxBy(s => s.Term);

    /// <summary>What is known after an event; one of a kind that this version does not know changes nothing.</summary>
    /// <exception cref="JsonException">The data is not what the event's kind says.</exception>
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

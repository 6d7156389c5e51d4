using System.Globalization;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>All that the rules look at: what was seen of a cluster from one place, at one time.</summary>
/// <param name="SeenFrom">The node that looked; null where it was a gateway.</param>
/// <param name="Nodes">Every node that has an address, and what it said of itself.</param>
/// <param name="Diagnostics">What the processes of nodes told; who did not answer is missing.</param>
/// <param name="Akka">The Akka cluster.</param>
/// <param name="Transitions">What happened to nodes since this process watches them, the oldest first.</param>
/// <param name="At">When it was seen.</param>
internal sealed record ClusterFacts(
    NodeId? SeenFrom,
    IReadOnlyList<NodeView> Nodes,
    IReadOnlyList<NodeDiagnostics> Diagnostics,
    IReadOnlyList<AkkaMember> Akka,
    IReadOnlyList<NodeTransition> Transitions,
    DateTimeOffset At)
{
    /// <summary>Who leads; null where that is not certain.</summary>
    public NodeStatus? Leader => ClusterView.Leader(Nodes, Cluster);

    /// <summary>The cluster that is looked at; null where nobody named one.</summary>
    public ClusterId? Cluster => ClusterView.Cluster(Nodes, SeenFrom);

    /// <summary>The voting members, as far as anybody of the cluster said so.</summary>
    public IReadOnlyList<NodeId> Members => MembersOf(Nodes, Cluster);

    /// <summary>
    /// The nodes as they were at least a second before; none where nobody was behind then, so that nothing more was to be learnt.
    /// </summary>
    public IReadOnlyList<NodeView> Earlier { get; init; } = [];

    /// <summary>
    /// The members that take part: the leader and the followers that it reaches and that get on, but for those that answer here for
    /// another cluster or await readmission. Where nobody leads, or the leader's version does not tell: who answers here.
    /// </summary>
    public IReadOnlyList<NodeId> TakingPart => Leader is { Followers.Count: > 0 } leader
        ? [.. Members.Where(m => m == leader.NodeId || leader.Followers.Any(f => f.NodeId == m && f.TakesPart && (Sight(m)?.Status is null || TakesPart(m))))]
        : [.. Members.Where(TakesPart)];

    /// <summary>Members, and nodes that have an address, whose process tells nothing.</summary>
    public IReadOnlyList<NodeId> Silent =>
        [.. Members.Union(Nodes.Select(n => n.Node.NodeId)).Where(n => Examination(n) is null && Sight(n) is not { Down: not null })];

    /// <summary>How many nodes there should be, as the settings say; 0 where they don't.</summary>
    public int Expected => Diagnostics.Select(e => e.Setting("raft.bootstrap-expect")).OfType<string>()
        .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0).DefaultIfEmpty().Max();

    /// <summary>How many members are needed to elect and to commit.</summary>
    public int Majority => Actors.Quorums.Majority.Of(Members.Count);

    /// <summary>The members of the group, as who is furthest in its cluster says.</summary>
    public static IReadOnlyList<NodeId> MembersOf(IReadOnlyList<NodeView> seen, ClusterId? cluster) => seen
        .Select(s => s.Status).OfType<NodeStatus>().Where(s => s.ClusterId == cluster)
        .OrderByDescending(s => s.Term).ThenByDescending(s => s.CommitIndex).FirstOrDefault() is { } status
        ? [.. status.Members.Select(m => m.NodeId)]
        : [];

    /// <summary>What was seen of a node; null where it has no address.</summary>
    public NodeView? Sight(NodeId node) => Nodes.FirstOrDefault(n => n.Node.NodeId == node);

    /// <summary>Whether a node answers and is of the cluster.</summary>
    public bool TakesPart(NodeId node) => Sight(node)?.Status is { AwaitsReadmission: false } status && status.ClusterId == Cluster;

    /// <summary>What a node's process told; null where it did not answer.</summary>
    public NodeDiagnostics? Examination(NodeId node) => Diagnostics.FirstOrDefault(e => e.NodeId == node);
}

/// <summary>Reads an examination.</summary>
internal static class Examined
{
    /// <summary>A setting's text; null where the node's version does not have it.</summary>
    public static string? Setting(this NodeDiagnostics node, string key) => node.Settings.FirstOrDefault(s => s.Name == key)?.Text;

    /// <summary>A setting that is a time, written as <c>500 ms</c>; null where the node's version does not have it.</summary>
    public static TimeSpan? Time(this NodeDiagnostics node, string key) =>
        node.Setting(key) is { } text && double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : null;

    /// <summary>Names for a sentence: <c>n1, n2 and n3</c>.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}

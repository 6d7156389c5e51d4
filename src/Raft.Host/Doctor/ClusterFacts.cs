using System.Globalization;
using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>The input of all rules: what one process saw of a cluster at one time.</summary>
/// <param name="SeenFrom">The node that collected the facts; null for a gateway.</param>
/// <param name="Nodes">Every node with a known address, and its status.</param>
/// <param name="Diagnostics">The diagnostics of the processes that responded.</param>
/// <param name="Akka">The processes of the Akka cluster.</param>
/// <param name="Transitions">The transitions since this process started to watch, oldest first.</param>
/// <param name="At">When the facts were collected.</param>
internal sealed record ClusterFacts(
    NodeId? SeenFrom,
    IReadOnlyList<NodeView> Nodes,
    IReadOnlyList<NodeDiagnostics> Diagnostics,
    IReadOnlyList<AkkaMember> Akka,
    IReadOnlyList<NodeTransition> Transitions,
    DateTimeOffset At)
{
    /// <summary>The status of the leader; null if it is not certain who leads.</summary>
    public NodeStatus? Leader => ClusterView.FindLeader(Nodes, Cluster);

    /// <summary>The id of the diagnosed cluster; null if no node reports one.</summary>
    public ClusterId? Cluster => ClusterView.FindCluster(Nodes, SeenFrom);

    /// <summary>The voting members, as the nodes of the cluster report them.</summary>
    public IReadOnlyList<NodeId> Members => MembersView.MembersOf(Nodes, Cluster);

    /// <summary>
    /// The nodes as they were at least a second earlier; empty if no node was behind then, since a second look would show nothing
    /// new.
    /// </summary>
    public IReadOnlyList<NodeView> Earlier { get; init; } = [];

    /// <summary>
    /// The members that take part: the leader and the followers that it reaches and that make progress, except nodes that belong
    /// to another cluster or await readmission. If there is no leader, or its version does not report followers: the nodes that
    /// respond.
    /// </summary>
    public IReadOnlyList<NodeId> TakingPart => Leader is { Followers.Count: > 0 } leader
        ? [.. Members.Where(m => m == leader.NodeId || (IsFollowing(m, leader) && (ViewOf(m)?.Status is null || TakesPart(m))))]
        : [.. Members.Where(TakesPart)];

    /// <summary>The members and other nodes with a known address whose processes returned no diagnostics.</summary>
    public IReadOnlyList<NodeId> Silent =>
    [
        .. Members.Union(Nodes.Select(n => n.Node.NodeId))
            .Where(n => DiagnosticsOf(n) is null && ViewOf(n) is not { Down: not null }),
    ];

    /// <summary>The expected number of nodes according to <c>raft.bootstrap-expect</c>; 0 if it is not set.</summary>
    public int Expected => Diagnostics.Select(e => e.Setting("raft.bootstrap-expect")).OfType<string>()
        .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0).DefaultIfEmpty().Max();

    /// <summary>The number of members needed to elect a leader and to commit.</summary>
    public int Majority => Actors.Quorums.Majority.Of(Members.Count);

    /// <summary>Returns what was seen of a node; null if its address is unknown.</summary>
    public NodeView? ViewOf(NodeId node) => Nodes.FirstOrDefault(n => n.Node.NodeId == node);

    /// <summary>Returns whether a node responds and belongs to the cluster.</summary>
    public bool TakesPart(NodeId node) =>
        ViewOf(node)?.Status is { AwaitsReadmission: false } status && status.ClusterId == Cluster;

    /// <summary>Returns the diagnostics of a node's process; null if it did not respond.</summary>
    public NodeDiagnostics? DiagnosticsOf(NodeId node) => Diagnostics.FirstOrDefault(e => e.NodeId == node);

    private static bool IsFollowing(NodeId member, NodeStatus leader) =>
        leader.Followers.Any(f => f.NodeId == member && f.TakesPart);
}

/// <summary>Reads diagnostics.</summary>
internal static class NodeDiagnosticsExtensions
{
    /// <summary>Returns the text of a setting; null if the node's version does not have it.</summary>
    public static string? Setting(this NodeDiagnostics node, string key) =>
        node.Settings.FirstOrDefault(s => s.Name == key)?.Text;

    /// <summary>
    /// Returns a setting that is a duration, such as <c>500 ms</c>; null if the node's version does not have it.
    /// </summary>
    public static TimeSpan? Time(this NodeDiagnostics node, string key) =>
        node.Setting(key) is { } text && double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : null;
}

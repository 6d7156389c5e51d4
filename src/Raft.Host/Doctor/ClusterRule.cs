using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>
/// Checks that all responding nodes belong to one cluster and agree on the members and their addresses. With a wrong address, a
/// node of another cluster can answer under the expected name.
/// </summary>
internal static class ClusterRule
{
    private const string Subject = "cluster";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        if (facts.Cluster is not { } cluster) return [];
        var answers = facts.Nodes.Where(n => n.Status is not null).ToLookup(n => n.Status!.ClusterId == cluster);
        NodeStatus[] own = [.. answers[true].Select(n => n.Status!)];
        var findings = answers[false].Select(n => IsForeign(n.Status!, n.Node.Address, cluster, own))
            .Concat(Members(own)).Concat(Addresses(own)).ToList();
        if (findings.Count == 0)
            findings.Add(new Finding(
                Severity.Ok, Subject, null, $"All responding nodes belong to cluster {cluster} and name the same members."));
        return findings;
    }

    private static Finding IsForeign(NodeStatus node, string address, ClusterId cluster, NodeStatus[] own) => new(
        Severity.Problem,
        Subject,
        node.NodeId,
        $"{node.NodeId} at {address} belongs to cluster {node.ClusterId}, but {Names(own)} "
        + $"{(own.Length > 1 ? "belong" : "belongs")} to cluster {cluster}.",
        $"The two clusters reject each other's requests. Find out which process listens at {address}, and correct the address "
        + $"of {node.NodeId} in RAFT_MEMBERS or RAFT_SEED_NODES: on these nodes if the process belongs to another cluster, on "
        + $"{node.NodeId} if it was started with the wrong addresses. Keep its data: it holds writes that the other cluster "
        + "has acknowledged.");

    private static IEnumerable<Finding> Members(NodeStatus[] own)
    {
        var lists = own.GroupBy(s => MembersOf(s)).ToArray();
        if (lists.Length < 2) yield break;
        yield return new Finding(
            Severity.Problem,
            Subject,
            null,
            $"The nodes name different members: {string.Join("; ", lists.Select(list => $"{list.Key} on {Names(list)}"))}.",
            "Compare RAFT_MEMBERS on all nodes, and restart the node that differs with the list of the others.");
    }

    /// <summary>Compares addresses. An address that a node does not know yet is not a difference.</summary>
    private static IEnumerable<Finding> Addresses(NodeStatus[] own) =>
        from entry in own.SelectMany(s => s.Members.Select(m => (At: s, m.NodeId, m.Address)))
        where entry.Address.Length > 0
        group entry by entry.NodeId into member
        let places = member.GroupBy(m => m.Address, m => m.At).ToArray()
        where places.Length > 1
        select new Finding(
            Severity.Warning,
            Subject,
            member.Key,
            $"The nodes reach {member.Key} at different addresses: "
                + $"{string.Join("; ", places.Select(p => $"{p.Key} on {Names(p)}"))}.",
            $"Unless {member.Key} has just moved, one address is wrong. Compare RAFT_MEMBERS on all nodes with {member.Key}'s "
            + "RAFT_REMOTE, and restart the node that differs with the right address.");

    private static string MembersOf(NodeStatus node) =>
        Sentence.List(node.Members.Select(m => m.NodeId.Value).Order(StringComparer.Ordinal));

    private static string Names(IEnumerable<NodeStatus> nodes) =>
        Sentence.List(nodes.Select(s => s.NodeId.Value));
}

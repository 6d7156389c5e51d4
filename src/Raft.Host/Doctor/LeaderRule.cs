using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Checks that there is a leader, and if not, explains why.</summary>
internal static class LeaderRule
{
    private const string Subject = "leader";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        if (facts.Leader is { } leader)
        {
            yield return new Finding(
                Severity.Ok, Subject, leader.NodeId, $"{leader.NodeId} is the leader in term {leader.Term}.");
            foreach (var other in facts.Nodes.Select(n => n.Status).OfType<NodeStatus>().Where(s => IsDeposed(s, leader)))
                yield return new Finding(
                    Severity.Warning,
                    Subject,
                    other.NodeId,
                    $"{other.NodeId} still considers itself the leader of term {other.Term}, but {leader.NodeId} is the leader "
                    + $"in term {leader.Term}.",
                    "It can't commit anything and steps down when it learns of the new term. If it does not, see the findings "
                    + "on connectivity.");
            yield break;
        }

        if (Unreached(facts) is { } unreached)
        {
            yield return unreached;
            yield break;
        }

        var answering = facts.Members.Count(facts.TakesPart);
        yield return new Finding(
            Severity.Problem, Subject, null, ClusterView.DescribeMissingLeader(facts.Nodes), Advice(facts, answering));
    }

    /// <summary>Reports a leader that others follow but that does not respond here.</summary>
    private static Finding? Unreached(ClusterFacts facts)
    {
        var newest = facts.Nodes.Select(n => n.Status).OfType<NodeStatus>()
            .Where(s => s.ClusterId == facts.Cluster).GroupBy(s => s.Term).MaxBy(g => g.Key);
        var following = newest?
            .Where(s => s.LeaderId is { } leader && leader != s.NodeId && facts.ViewOf(leader) is not { IsReachable: true })
            .ToArray() ?? [];
        if (following.Length == 0) return null;
        var leader = following[0].LeaderId!.Value;
        return new Finding(
            Severity.Warning,
            Subject,
            leader,
            $"{Sentence.List(following.Select(s => s.NodeId.Value))} "
            + $"{(following.Length > 1 ? "follow" : "follows")} {leader} in term "
            + $"{newest!.Key}, which does not respond to {(facts.SeenFrom is { } self ? self.Value : "this gateway")}.",
            $"Run raft doctor --node against another node. {leader} may have just stopped; otherwise, see the findings on "
            + "connectivity.");
    }

    private static bool IsDeposed(NodeStatus other, NodeStatus leader) =>
        other.Role == RaftRole.Leader && other.NodeId != leader.NodeId && other.ClusterId == leader.ClusterId;

    private static string Advice(ClusterFacts facts, int answering) =>
        facts.Members.Count == 0
            ? "No node reports the members. Start the nodes, and check RAFT_SEED_NODES and RAFT_MEMBERS."
            : answering < facts.Majority
                ? $"{answering} of {facts.Members.Count} members respond, but {facts.Majority} are needed. Start the others, "
                    + "or find out why they are unreachable. Writes wait until then; acknowledged writes are safe as long as no "
                    + "member's data is deleted."
                : "A majority responds, so an election is in progress. It takes one or two election timeouts. If there is "
                    + "still no leader, see the findings on connectivity, disk and configuration.";
}

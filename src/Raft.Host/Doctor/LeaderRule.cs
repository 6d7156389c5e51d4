using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Whether somebody leads, and if nobody does, why.</summary>
internal static class LeaderRule
{
    private const string Subject = "leader";

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        if (facts.Leader is { } leader)
        {
            yield return new Finding(Severity.Ok, Subject, leader.NodeId, $"{leader.NodeId} leads term {leader.Term}.");
            foreach (var other in facts.Nodes.Select(n => n.Status).OfType<NodeStatus>().Where(s => IsDeposed(s, leader)))
                yield return new Finding(
                    Severity.Warning,
                    Subject,
                    other.NodeId,
                    $"{other.NodeId} still believes that it leads term {other.Term}; {leader.NodeId} leads term {leader.Term}.",
                    "It can commit nothing and steps down when it hears of the new term. If it stays so, see connectivity.");
            yield break;
        }

        if (Unreached(facts) is { } unreached)
        {
            yield return unreached;
            yield break;
        }

        var answering = facts.Members.Count(facts.TakesPart);
        yield return new Finding(
            Severity.Problem, Subject, null, ClusterView.WhyNobodyLeads(facts.Nodes), Advice(facts, answering));
    }

    /// <summary>Others follow a leader that does not answer here.</summary>
    private static Finding? Unreached(ClusterFacts facts)
    {
        var newest = facts.Nodes.Select(n => n.Status).OfType<NodeStatus>().Where(s => s.ClusterId == facts.Cluster).GroupBy(s => s.Term).MaxBy(g => g.Key);
        var following = newest?.Where(s => s.LeaderId is { } leader && leader != s.NodeId && facts.Sight(leader) is not { IsReachable: true })
            .ToArray() ?? [];
        if (following.Length == 0) return null;
        var leader = following[0].LeaderId!.Value;
        return new Finding(
            Severity.Warning,
            Subject,
            leader,
            $"{Examined.List(following.Select(s => s.NodeId.Value))} {(following.Length > 1 ? "follow" : "follows")} {leader} in term "
            + $"{newest!.Key}, which does not answer {(facts.SeenFrom is { } self ? self.Value : "this gateway")}.",
            $"Ask another node (raft doctor --node). {leader} may have just stopped; else connectivity says who is cut off.");
    }

    private static bool IsDeposed(NodeStatus other, NodeStatus leader) =>
        other.Role == RaftRole.Leader && other.NodeId != leader.NodeId && other.ClusterId == leader.ClusterId;

    private static string Advice(ClusterFacts facts, int answering) =>
        facts.Members.Count == 0
            ? "No node tells who the members are. Start the nodes, and check RAFT_SEED_NODES and RAFT_MEMBERS."
            : answering < facts.Majority
                ? $"{answering} of {facts.Members.Count} members answer and {facts.Majority} are needed: start others, or find out "
                    + "why they are not reached. Until then nothing is written, and nothing that was acknowledged is lost."
                : "A majority answers, so an election is under way; it takes one or two election timeouts. If it stays so, "
                    + "look at connectivity, disk and configuration.";
}

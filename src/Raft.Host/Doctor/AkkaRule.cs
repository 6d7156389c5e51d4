namespace Raft.Host.Doctor;

/// <summary>
/// Whether the Akka cluster, by which processes find each other, is in order: who is in it and no member, and who is cut off.
/// </summary>
internal static class AkkaRule
{
    private const string Subject = "akka cluster";

    public static IEnumerable<Finding> Examine(ClusterFacts facts)
    {
        var findings = new List<Finding>();
        foreach (var ghost in facts.Akka.Where(a => a.NodeId is { } node && facts.Members.Count > 0 && !facts.Members.Contains(node)))
            findings.Add(new Finding(
                Severity.Warning,
                Subject,
                ghost.NodeId,
                $"{ghost.NodeId} at {ghost.Address} is in the Akka cluster and no member of the Raft group.",
                "Stop it if it was started by mistake, for example with the wrong RAFT_NODE_ID or RAFT_DATA."));
        foreach (var twice in facts.Akka.Where(a => a.NodeId is not null).GroupBy(a => a.NodeId!.Value).Where(g => g.Count(a => a.IsReachable) > 1))
            findings.Add(new Finding(
                Severity.Problem,
                Subject,
                twice.Key,
                $"Several processes say that they are {twice.Key}: {Examined.List(twice.Select(a => a.Address))}.",
                "Two processes with one name would each break what the other promised: stop all but the one with the right RAFT_DATA."));
        foreach (var absent in facts.Akka.Where(a => !a.IsReachable && !IsBack(facts, a)))
            findings.Add(new Finding(
                Severity.Note,
                Subject,
                absent.NodeId,
                $"{(absent.NodeId is { } node ? $"{node} at " : "")}{absent.Address} ({string.Join(", ", absent.Roles)}) is in the Akka cluster "
                + "and does not answer it.",
                "Start it again. Who is gone for good is taken out by itself, as docs/operate.md says; until then others may take "
                + "longer to join."));
        if (findings.Count == 0 && facts.Akka.Count > 0)
            findings.Add(new Finding(Severity.Ok, Subject, null, $"All {facts.Akka.Count} processes of the Akka cluster answer it."));
        return findings;
    }

    private static bool IsBack(ClusterFacts facts, AkkaMember absent) =>
        absent.NodeId is { } node && facts.Akka.Any(a => a.NodeId == node && a.IsReachable);
}

using Raft.Actors.AspNetCore.Answers;

namespace Raft.Host.Doctor;

/// <summary>
/// Checks the Akka cluster, through which processes find each other: processes that are not members of the Raft group, duplicate
/// node names, and unreachable processes.
/// </summary>
internal static class AkkaRule
{
    private const string Subject = "akka cluster";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var findings = new List<Finding>();
        var ghosts = facts.Akka.Where(a => a.NodeId is { } node && facts.Members.Count > 0 && !facts.Members.Contains(node));
        foreach (var ghost in ghosts)
            findings.Add(new Finding(
                Severity.Warning,
                Subject,
                ghost.NodeId,
                $"{ghost.NodeId} at {ghost.Address} is in the Akka cluster but is not a member of the Raft group.",
                "If it was started by mistake, for example with the wrong RAFT_NODE_ID or RAFT_DATA, stop it."));
        var names = facts.Akka.Where(a => a.NodeId is not null).GroupBy(a => a.NodeId!.Value);
        foreach (var twice in names.Where(g => g.Count(a => a.IsReachable) > 1))
            findings.Add(new Finding(
                Severity.Problem,
                Subject,
                twice.Key,
                $"Several processes run as {twice.Key}: {Sentence.List(twice.Select(a => a.Address))}.",
                "Two processes with one node id can lose acknowledged writes. Stop all of them except the one with the right "
                + "RAFT_DATA."));
        foreach (var absent in facts.Akka.Where(a => !a.IsReachable && !IsBack(facts, a)))
            findings.Add(new Finding(
                Severity.Note,
                Subject,
                absent.NodeId,
                $"{(absent.NodeId is { } node ? $"{node} at " : "")}{absent.Address} ({string.Join(", ", absent.Roles)}) is "
                + "in the Akka cluster but is unreachable.",
                "Start it again. The cluster removes a process that is gone for good (see docs/operate.md); until then, others "
                + "may take longer to join."));
        if (findings.Count == 0 && facts.Akka.Count > 0)
            findings.Add(new Finding(
                Severity.Ok, Subject, null, $"All {facts.Akka.Count} processes of the Akka cluster are reachable."));
        return findings;
    }

    private static bool IsBack(ClusterFacts facts, AkkaMember absent) =>
        absent.NodeId is { } node && facts.Akka.Any(a => a.NodeId == node && a.IsReachable);
}

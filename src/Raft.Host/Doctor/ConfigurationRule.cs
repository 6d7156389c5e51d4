using Raft.Actors.Protocol;

namespace Raft.Host.Doctor;

/// <summary>Checks that the nodes are configured alike and that their configuration is sensible.</summary>
internal static class ConfigurationRule
{
    private const string Subject = "configuration";

    /// <summary>
    /// Settings that must match for safety: a lease is safe only if all nodes agree on them (dissertation §6.4.1).
    /// </summary>
    private static readonly string[] OfLeases =
        ["raft.lease-reads", "raft.pre-vote", "raft.check-quorum", "raft.max-clock-drift", "raft.election-timeout-min"];

    /// <summary>Settings that must be the same on all nodes.</summary>
    private static readonly string[] Common =
    [
        .. OfLeases,
        "raft.election-timeout-max",
        "raft.heartbeat-interval",
        "raft.group",
        "raft.members",
        "raft.bootstrap-expect",
    ];

    /// <summary>Settings that differ from node to node.</summary>
    private static readonly string[] Own = ["raft.leadership-preference"];

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var findings = Differences(facts).Concat(facts.Diagnostics.SelectMany(Risks)).ToList();
        if (findings.Count == 0 && facts.Diagnostics.Count > 0)
            findings.Add(new Finding(Severity.Ok, Subject, null, "All responding nodes have the same configuration."));
        return findings;
    }

    private static IEnumerable<Finding> Differences(ClusterFacts facts)
    {
        var areLeasesOn = facts.Diagnostics.Any(e => e.Setting("raft.lease-reads") == "on");
        foreach (var key in facts.Diagnostics.SelectMany(e => e.Settings).Select(s => s.Name).Distinct().Except(Own))
        {
            var values = facts.Diagnostics
                .Where(e => e.Setting(key) is not null)
                .GroupBy(e => e.Setting(key)!, e => e.NodeId.Value)
                .ToArray();
            if (values.Length < 2) continue;
            var severity = areLeasesOn && OfLeases.Contains(key) ? Severity.Problem
                : Common.Contains(key) ? Severity.Warning
                : Severity.Note;
            var what = string.Join("; ", values.Select(v => $"'{v.Key}' on {Sentence.List(v)}"));
            yield return new Finding(
                severity,
                Subject,
                null,
                $"{key} differs: {what}.",
                severity switch
                {
                    Severity.Problem => "With raft.lease-reads on, different values can let a deposed leader answer reads. Set "
                        + "the same value on all nodes now.",
                    Severity.Warning => "Set the same value on all nodes, restarting them one at a time.",
                    _ => "Each node uses its own value. Equal values make the cluster easier to understand.",
                });
        }
    }

    private static IEnumerable<Finding> Risks(NodeDiagnostics node)
    {
        if (node.Setting("raft.allow-in-memory-journal") == "on")
            yield return Risk(
                Severity.Warning,
                node,
                "may keep its journal in memory (raft.allow-in-memory-journal = on): a restart loses its votes and entries",
                "Use this setting only for tests and experiments.");
        if (node.Setting("raft.pre-vote") == "off")
            yield return Risk(
                Severity.Note,
                node,
                "has raft.pre-vote off: a node that returns from a partition deposes a healthy leader",
                "Turn it on, on all nodes, unless you have a reason not to.");
        if (node.Setting("raft.check-quorum") == "off")
            yield return Risk(
                Severity.Note,
                node,
                "has raft.check-quorum off: a leader that is cut off does not step down",
                "Turn it on, on all nodes, unless you have a reason not to.");
        if (node.Time("raft.election-timeout-min") is { } min
            && node.Time("raft.heartbeat-interval") is { } heartbeat
            && min < 3 * heartbeat)
            yield return Risk(
                Severity.Warning,
                node,
                "has an election timeout of less than three heartbeat intervals: one or two late heartbeats cause an election",
                "Raise RAFT_ELECTION_TIMEOUT_MIN, or lower RAFT_HEARTBEAT_INTERVAL, on all nodes.");
        if (node.Time("raft.election-timeout-min") is { } shortest && node.Time("raft.election-timeout-max") is { } longest
            && longest < 1.5 * shortest)
            yield return Risk(
                Severity.Note,
                node,
                "has a narrow range of election timeouts: nodes campaign at the same time and split the vote (Raft §5.2)",
                "Set RAFT_ELECTION_TIMEOUT_MAX to twice RAFT_ELECTION_TIMEOUT_MIN, on all nodes.");
    }

    private static Finding Risk(Severity severity, NodeDiagnostics node, string what, string advice) =>
        new(severity, Subject, node.NodeId, $"{node.NodeId} {what}.", advice);
}

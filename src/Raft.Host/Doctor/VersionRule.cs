namespace Raft.Host.Doctor;

/// <summary>Checks that all nodes run the same versions.</summary>
internal static class VersionRule
{
    private const string Subject = "versions";

    public static IEnumerable<Finding> Check(ClusterFacts facts)
    {
        var findings = facts.Diagnostics
            .SelectMany(e => e.Versions.Select(v => (v.Name, v.Text, Node: e.NodeId.Value)))
            .GroupBy(v => v.Name)
            .Select(versions => Compare(versions.Key, [.. versions.GroupBy(v => v.Text, v => v.Node)]))
            .OfType<Finding>()
            .ToList();
        foreach (var silent in facts.Nodes.Where(n => n.IsReachable && facts.DiagnosticsOf(n.Node.NodeId) is null))
            findings.Add(new Finding(
                Severity.Note,
                Subject,
                silent.Node.NodeId,
                $"{silent.Node.NodeId} responds but returned no diagnostics: its version is older than raft doctor, or it is "
                + "overloaded.",
                "The findings do not cover this node."));
        if (findings.Count == 0 && facts.Diagnostics is [var one, ..])
        {
            var versions = one.Versions.Where(v => v.Name != "protocol").Select(v => $"{v.Name} {v.Text}");
            findings.Add(new Finding(
                Severity.Ok, Subject, null, $"All responding nodes run {Sentence.List(versions)}."));
        }

        return findings;
    }

    private static Finding? Compare(string name, IReadOnlyList<IGrouping<string, string>> versions) => versions.Count < 2
        ? null
        : new Finding(
            name is "Raft.Akka" or "protocol" or "Akka.NET" ? Severity.Warning : Severity.Note,
            Subject,
            null,
            $"{name} differs: {string.Join("; ", versions.Select(v => $"{v.Key} on {Sentence.List(v)}"))}.",
            name is "Raft.Akka" or "protocol" or "Akka.NET"
                ? "This is normal during a rolling update. Finish the update so that all nodes run the same version."
                : null);
}

namespace Raft.Actors.Tests.Architecture;

/// <summary>Which folder of Raft.Simulation may use which. Files beside the folders run simulations and may use all.</summary>
internal static class SimulationArrows
{
    public static readonly Arrows Table = Arrows.Of("src/Raft.Simulation",
    [
        ("Engine", []),
        ("Traces", []),
        ("Histories", []),
        ("Network", ["Engine", "Traces"]),
        ("Disks", ["Engine"]),
        ("Faults", ["Engine"]),
        ("Workloads", ["Histories"]),
        ("Checks", ["Workloads"]),
        ("Clusters", ["Engine", "Traces", "Network", "Disks", "Faults", "Workloads", "Checks"]),
        ("Scenarios", ["Engine", "Traces", "Network", "Workloads", "Checks", "Clusters"]),
        (Arrows.Root, ["Engine", "Traces", "Faults", "Workloads", "Clusters"]),
    ]);

    /// <summary>The folders of the checks: a subject sees what all checks share, and no other subject.</summary>
    public static readonly Arrows Checks = Arrows.Of("src/Raft.Simulation/Checks",
    [
        (Arrows.Root, []),
        .. Subjects.Select(subject => (subject, (string[])[Arrows.Root])),
    ]);

    private static IEnumerable<string> Subjects =>
    [
        "Applying", "Bootstrap", "Clients", "Commitment", "Durability", "Elections", "Leadership", "Limits", "Liveness",
        "LostJournals", "PreVotes", "Reads", "Replication", "Sessions", "Snapshots",
    ];
}

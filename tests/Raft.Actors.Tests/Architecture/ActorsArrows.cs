namespace Raft.Actors.Tests.Architecture;

/// <summary>Which folder of Raft.Actors may use which.</summary>
internal static class ActorsArrows
{
    /// <summary>Folders that know nothing of actors.</summary>
    public static readonly string[] Pure =
        ["Protocol", "Events", "Log", "Quorums", "Replication", "Membership", "Sessions", "Storage"];

    public static readonly Arrows Table = Arrows.Of("src/Raft.Actors",
    [
        ("Protocol", []),
        ("Events", ["Protocol"]),
        ("Log", ["Protocol", "Events"]),
        ("Quorums", ["Protocol", "Events"]),
        ("Replication", ["Protocol", "Events"]),
        ("Membership", ["Protocol", "Events", "Quorums"]),
        ("Sessions", ["Protocol"]),
        ("Storage", ["Protocol", "Events"]),
        ("Telemetry", ["Protocol", "Events", "Quorums", "Membership"]),
        ("StateMachines", ["Protocol", "Sessions", "Telemetry"]),
        ("Configuration", ["Protocol", "Membership", "StateMachines"]),
        ("Serialization", ["Protocol", "Events"]),
        ("Links", ["Protocol", "Membership", "Configuration"]),
        ("Nodes", [.. Pure, "Configuration", "Serialization", "Telemetry", "StateMachines", "Links"]),
        ("Clients", [.. Pure, "Configuration", "Serialization", "Telemetry", "StateMachines", "Nodes"]),
        ("Inspection", ["Protocol", "Configuration", "Serialization"]),
        ("Monitoring", [.. Pure, "Configuration", "Serialization", "Telemetry", "Nodes"]),
        ("Groups",
        [
            .. Pure, "Configuration", "Serialization", "Telemetry", "StateMachines", "Links", "Nodes", "Clients", "Inspection",
            "Monitoring",
        ]),
        ("Hosting",
        [
            .. Pure, "Configuration", "Serialization", "Telemetry", "StateMachines", "Nodes", "Clients", "Monitoring", "Groups",
        ]),
    ]);
}

namespace Raft.Actors.Tests.Architecture;

/// <summary>Which folder of Raft.Programs may use which.</summary>
internal static class ProgramsArrows
{
    public static readonly Arrows Table = Arrows.Of("src/Raft.Programs",
    [
        ("Serialization", []),
        ("Configuration", []),
        ("Addresses", ["Configuration"]),
        ("Logging", ["Configuration"]),
        ("Hosting", ["Configuration", "Addresses", "Logging"]),
        ("Joining", ["Addresses", "Hosting"]),
    ]);
}

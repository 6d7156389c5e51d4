namespace Raft.Actors.Tests.Architecture;

/// <summary>Which folder of Raft.Host may use which. The files beside the folders start the program and may use all.</summary>
internal static class HostArrows
{
    public static readonly Arrows Table = Arrows.Of("src/Raft.Host",
    [
        ("Storage", []),
        ("Hooks", []),
        ("Telemetry", []),
        ("Formatting", []),
        ("Api", []),
        ("Doctor", ["Storage", "Formatting", "Api"]),
        ("Answers", ["Doctor"]),
        ("Rendering", ["Formatting", "Answers"]),
        ("Client", ["Api"]),
        ("Watch", ["Formatting", "Api", "Rendering", "Client"]),
        ("Http", ["Telemetry", "Api", "Doctor", "Answers"]),
        ("Inspection", ["Api", "Doctor", "Answers", "Rendering", "Http"]),
        ("Hosting", ["Storage", "Hooks", "Api", "Http"]),
        ("Dev", ["Http", "Hosting"]),
        ("Commands",
        [
            "Hooks", "Telemetry", "Formatting", "Api", "Answers", "Rendering", "Client", "Watch", "Inspection", "Hosting", "Dev",
        ]),
        (Arrows.Root, ["Client", "Commands", "Hosting"]),
    ]);
}

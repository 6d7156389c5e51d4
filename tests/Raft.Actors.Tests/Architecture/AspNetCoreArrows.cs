namespace Raft.Actors.Tests.Architecture;

/// <summary>
/// Which folder of Raft.Actors.AspNetCore may use which. The files beside the folders are its public API, and may use all.
/// </summary>
internal static class AspNetCoreArrows
{
    public static readonly Arrows Table = Arrows.Of("src/Raft.Actors.AspNetCore",
    [
        ("Api", []),
        ("Answers", []),
        ("Http", ["Api", "Answers"]),
        ("Health", ["Answers", "Http"]),
        ("Dashboard", []),
        (Arrows.Root, ["Dashboard", "Health", "Http"]),
    ]);
}

using Raft.Simulation.Traces;

namespace Raft.Simulation.Tests.Traces;

/// <summary>The modules of the diagram's script, as embedded in the assembly.</summary>
internal static class DiagramModules
{
    private const string Folder = "Diagram/js/";

    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        .. typeof(SpaceTimeDiagram).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Select(resource => (resource[Folder.Length..], Read(resource))),
    ];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(SpaceTimeDiagram).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

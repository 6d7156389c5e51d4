namespace Raft.Actors.Tests.Architecture;

/// <summary>
/// Which folder of Raft.Actors may use which (docs: the layout). Each row names only folders of rows above it, so the
/// arrows cannot form a circle.
/// </summary>
internal static class Arrows
{
    /// <summary>Folders that know nothing of actors.</summary>
    public static readonly string[] Pure =
        ["Protocol", "Events", "Log", "Quorums", "Replication", "Membership", "Sessions", "Storage"];

    public static readonly IReadOnlyList<(string Folder, string[] MayUse)> Table =
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
        ("Hosting", [.. Pure, "Configuration", "Serialization", "Telemetry", "StateMachines", "Links", "Nodes", "Clients", "Inspection"]),
    ];

    /// <summary>One sentence for each arrow of the files that the table does not have.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<(string Path, string Text)> sources)
    {
        var files = sources.ToArray();
        var members = files.GroupBy(f => FolderOf(f.Path)).ToDictionary(g => g.Key, MembersOf);
        return
        [
            .. from file in files
               let folder = FolderOf(file.Path)
               from used in SourceCode.FoldersUsedBy(file.Text, members)
               where used != folder && !MayUse(folder, used)
               select $"src/Raft.Actors/{file.Path}: {folder} must not use {used}.",
        ];
    }

    /// <summary>The first folder of a path; empty for a file beside the folders.</summary>
    public static string FolderOf(string path) => path.Split('/') is [var folder, _, ..] ? folder : "";

    private static bool MayUse(string folder, string used) =>
        Table.Any(row => row.Folder == folder && row.MayUse.Contains(used));

    private static IReadOnlySet<string> MembersOf(IEnumerable<(string Path, string Text)> folder) => folder
        .SelectMany(f => SourceCode.TypesOf(f.Text).Concat(f.Path.Split('/')[1..^1]))
        .ToHashSet();
}

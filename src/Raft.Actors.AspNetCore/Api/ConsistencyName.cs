using Raft.Actors.Protocol;

namespace Raft.Actors.AspNetCore.Api;

/// <summary>The names of consistencies in the HTTP API and on the command line.</summary>
internal static class ConsistencyName
{
    /// <summary>The name of the consistency whose results may be old.</summary>
    public const string Stale = "stale";

    private static readonly (string Name, ReadConsistency Consistency)[] Table =
    [
        ("linearizable", ReadConsistency.Linearizable),
        ("lease", ReadConsistency.Lease),
        ("follower", ReadConsistency.Follower),
        (Stale, ReadConsistency.Stale),
    ];

    /// <summary>All names, starting with the default.</summary>
    public static string[] All => [.. Table.Select(row => row.Name)];

    /// <summary>Returns the name of a consistency.</summary>
    public static string Of(ReadConsistency consistency) => Table.Single(row => row.Consistency == consistency).Name;

    /// <summary>Returns the consistency with a name; null if there is none.</summary>
    public static ReadConsistency? Parse(string name)
    {
        var index = Array.FindIndex(Table, row => row.Name == name);
        return index < 0 ? null : Table[index].Consistency;
    }
}

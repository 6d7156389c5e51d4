using Raft.Actors.Protocol;

namespace Raft.Host.Api;

/// <summary>What a consistency is called over HTTP and on the command line.</summary>
internal static class ConsistencyName
{
    /// <summary>That of an answer that may be old.</summary>
    public const string Stale = "stale";

    private static readonly (string Name, ReadConsistency Consistency)[] Table =
    [
        ("linearizable", ReadConsistency.Linearizable),
        ("lease", ReadConsistency.Lease),
        ("follower", ReadConsistency.Follower),
        (Stale, ReadConsistency.Stale),
    ];

    /// <summary>All names, the default first.</summary>
    public static string[] All => [.. Table.Select(row => row.Name)];

    /// <summary>The name of a consistency.</summary>
    public static string Of(ReadConsistency consistency) => Table.Single(row => row.Consistency == consistency).Name;

    /// <summary>The consistency of this name; null for no such name.</summary>
    public static ReadConsistency? Parse(string name)
    {
        var index = Array.FindIndex(Table, row => row.Name == name);
        return index < 0 ? null : Table[index].Consistency;
    }
}

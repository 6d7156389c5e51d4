using System.Collections;
using System.Text.RegularExpressions;
using Raft.Programs.Logging;

namespace Raft.Host.Hosting;

/// <summary>The variables that the programs know, to warn of misspelled ones.</summary>
internal static partial class KnownVariables
{
    /// <summary>The variables that are not settings of <see cref="RaftKeys"/>.</summary>
    public static IReadOnlyList<string> Named { get; } =
    [
        "RAFT_API_BASE_PATH", "RAFT_API_CONTACT_EMAIL", "RAFT_API_CONTACT_NAME", "RAFT_API_CONTACT_URL", "RAFT_API_DESCRIPTION",
        "RAFT_API_DOCS", "RAFT_API_OPENAPI", "RAFT_API_PREFIX", "RAFT_API_TITLE", "RAFT_API_VERSION", "RAFT_CLUSTER", "RAFT_DATA",
        "RAFT_HOOK_TIMEOUT", "RAFT_HTTP", "RAFT_HTTP_HOSTS", "RAFT_LOG_FORMAT", "RAFT_LOG_LEVEL", "RAFT_NODE",
        "RAFT_ON_FOLLOWER", "RAFT_ON_LEADER", "RAFT_REMOTE", "RAFT_REMOTE_BIND", "RAFT_SEED_NODES",
    ];

    /// <summary>All known variables.</summary>
    public static IEnumerable<string> All => Named.Concat(RaftKeys.All.Keys.Select(RaftKeys.VariableOf));

    /// <summary>Warns of unknown variables of this process.</summary>
    public static void WarnOfOthers()
    {
        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key);
        foreach (var warning in Warnings(names)) ProgramLog.Warn(warning);
    }

    /// <summary>Returns a warning for each variable that resembles a known one but is not one.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<string> names) =>
        from name in names
        where name.StartsWith("RAFT_", StringComparison.OrdinalIgnoreCase)
            && !IsOfKubernetes().IsMatch(name)
            && !All.Contains(name)
        let nearest = All.MinBy(known => Distance(name.ToUpperInvariant(), known))
        orderby name
        select $"Ignoring the unknown variable {name}. Did you mean {nearest}?";

    /// <summary>Returns the number of characters to add, remove or replace (Levenshtein distance).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }

    /// <summary>Matches the variables that Kubernetes sets for a service with the name raft.</summary>
    [GeneratedRegex(@"\ARAFT_(?:PORT|SERVICE)(?:_|\z)")]
    private static partial Regex IsOfKubernetes();
}

using System.Text;
using System.Text.RegularExpressions;
using Akka.Configuration.Hocon;
using Raft.Actors.Configuration;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// The keys of <c>reference.conf</c>, each of which has a variable: <c>raft.client.request-timeout</c> is
/// <c>RAFT_CLIENT_REQUEST_TIMEOUT</c>.
/// </summary>
internal static partial class RaftKeys
{
    private const string Section = "raft";

    /// <summary>Keys whose variables are read by <see cref="NodeEnvironment"/>, since other options follow from them.</summary>
    private static readonly string[] ReadApart = ["raft.node-id", "raft.members", "raft.bootstrap-expect"];

    /// <summary>All keys, with their defaults as they are written.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        LeavesOf(RaftConfig.Reference.GetConfig(Section).Root, Section).ToDictionary(leaf => leaf.Key, leaf => leaf.Default);

    /// <summary>The variable of a key.</summary>
    public static string VariableOf(string key) => key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>The keys whose variables are set, as HOCON.</summary>
    /// <exception cref="BadVariableException">A value has control characters.</exception>
    public static string Overrides(Variables variables)
    {
        var hocon = new StringBuilder();
        foreach (var key in All.Keys.Except(ReadApart))
        {
            var variable = VariableOf(key);
            if (variables[variable] is { } value) hocon.Append(key).Append(" = \"").Append(Quoted(variable, value)).Append("\"\n");
        }

        return hocon.ToString();
    }

    /// <summary>Names the variables beside the keys in a message about the configuration.</summary>
    public static string NameVariables(string message) => Key().Replace(
        message, key => All.ContainsKey(key.Value) ? $"{key.Value} ({VariableOf(key.Value)})" : key.Value);

    private static IEnumerable<(string Key, string Default)> LeavesOf(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => LeavesOf(item.Value, $"{path}.{item.Key}"))
        : [(path, value.IsArray() ? "" : value.GetString() ?? "")];

    private static string Quoted(string variable, string value) => value.Any(char.IsControl)
        ? throw new BadVariableException($"{variable} has a line break or another control character; write it in one line.")
        : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [GeneratedRegex(@"raft(?:\.[a-z][a-z-]*[a-z])+")]
    private static partial Regex Key();
}

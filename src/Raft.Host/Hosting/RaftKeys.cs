using System.Text;
using System.Text.RegularExpressions;
using Akka.Configuration.Hocon;
using Raft.Actors.Configuration;
using Raft.Programs.Configuration;

namespace Raft.Host.Hosting;

/// <summary>
/// The settings of <c>reference.conf</c>, each of which has a variable: <c>raft.client.request-timeout</c> is
/// <c>RAFT_CLIENT_REQUEST_TIMEOUT</c>.
/// </summary>
internal static partial class RaftKeys
{
    private const string Section = "raft";

    /// <summary>Settings whose variables <see cref="NodeEnvironment"/> reads, because other options depend on them.</summary>
    private static readonly string[] ReadApart = ["raft.node-id", "raft.members", "raft.bootstrap-expect"];

    /// <summary>All settings, with their defaults as text.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        LeavesOf(RaftConfig.Reference.GetConfig(Section).Root, Section).ToDictionary(leaf => leaf.Key, leaf => leaf.Default);

    /// <summary>Returns the variable of a setting.</summary>
    public static string VariableOf(string key) => key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>Returns HOCON with the settings whose variables are set.</summary>
    /// <exception cref="BadVariableException">A value has control characters.</exception>
    public static string Overrides(Variables variables)
    {
        var hocon = new StringBuilder();
        foreach (var key in All.Keys.Except(ReadApart))
        {
            var variable = VariableOf(key);
            if (variables[variable] is { } value)
                hocon.Append(key).Append(" = \"").Append(Quoted(variable, value)).Append("\"\n");
        }

        return hocon.ToString();
    }

    /// <summary>Adds the name of the variable to each setting in an error message.</summary>
    public static string NameVariables(string message) => Key().Replace(
        message, key => All.ContainsKey(key.Value) ? $"{key.Value} ({VariableOf(key.Value)})" : key.Value);

    private static IEnumerable<(string Key, string Default)> LeavesOf(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => LeavesOf(item.Value, $"{path}.{item.Key}"))
        : [(path, value.IsArray() ? "" : value.GetString() ?? "")];

    private static string Quoted(string variable, string value) => value.Any(char.IsControl)
        ? throw new BadVariableException($"{variable} contains a line break or another control character. Write it on one line.")
        : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [GeneratedRegex(@"raft(?:\.[a-z][a-z-]*[a-z])+")]
    private static partial Regex Key();
}

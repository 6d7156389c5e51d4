using System.Text;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;

namespace Raft.Host.Hosting;

/// <summary>Reads the <c>RAFT_*</c> variables of <c>raft node</c>.</summary>
internal static class NodeEnvironment
{
    private static readonly (string Variable, string Key)[] Durations =
    [
        ("RAFT_ELECTION_TIMEOUT_MIN", "raft.election-timeout-min"),
        ("RAFT_ELECTION_TIMEOUT_MAX", "raft.election-timeout-max"),
        ("RAFT_HEARTBEAT_INTERVAL", "raft.heartbeat-interval"),
    ];

    /// <param name="read">Gives a variable's value; null where it is not set.</param>
    /// <exception cref="StartupException">A value is missing or wrong; the message names the variable.</exception>
    public static NodeOptions Read(Func<string, string?> read)
    {
        var nodeId = Value(read, "RAFT_NODE_ID", text => (NodeId?)NodeId.Parse(text));
        var members = Value(read, "RAFT_MEMBERS", Member.ParseList)
            ?? throw new StartupException(
                "RAFT_MEMBERS is not set: name every member, for example n1=10.0.0.1:4053,n2=10.0.0.2:4053,n3=10.0.0.3:4053.");
        return new NodeOptions
        {
            NodeId = nodeId,
            DataFolder = read("RAFT_DATA") is { Length: > 0 } data ? data : "data",
            Http = Value(read, "RAFT_HTTP", HostPort.Parse) ?? new HostPort("0.0.0.0", 8080),
            Remote = Value(read, "RAFT_REMOTE", HostPort.Parse) ?? OwnAddress(nodeId, members),
            Seeds = Value(read, "RAFT_SEED_NODES", HostPort.ParseList) ?? [.. members.Select(AddressOf)],
            Overrides = Overrides(read, members),
        };
    }

    /// <summary>Names the variables beside the keys in a message about the configuration.</summary>
    public static string NameVariables(string message) =>
        Durations.Append((Variable: "RAFT_MEMBERS", Key: "raft.members")).Aggregate(
            message, (text, pair) => text.Replace(pair.Key, $"{pair.Key} ({pair.Variable})", StringComparison.Ordinal));

    private static HostPort AddressOf(Member member) => new(member.Host, member.Port);

    private static HostPort OwnAddress(NodeId? nodeId, IReadOnlyList<Member> members) =>
        nodeId is null ? throw new StartupException("Neither RAFT_NODE_ID nor RAFT_REMOTE is set; this node needs an address.")
        : members.FirstOrDefault(m => m.Id == nodeId) is { } own ? AddressOf(own)
        : throw new StartupException(
            $"RAFT_MEMBERS does not name this node, {nodeId}: it has {string.Join(", ", members)}.");

    private static string Overrides(Func<string, string?> read, IReadOnlyList<Member> members)
    {
        var hocon = new StringBuilder();
        hocon.AppendLine($"raft.members = [{string.Join(", ", members.Select(m => $"\"{m}\""))}]");
        foreach (var (variable, key) in Durations)
        {
            if (read(variable) is { Length: > 0 } value) hocon.AppendLine($"{key} = \"{Quoted(variable, value)}\"");
        }

        if (read("RAFT_LEADERSHIP_PREFERENCE") is { Length: > 0 } preference)
            hocon.AppendLine($"raft.leadership-preference = {Preference(preference)}");
        if (read("RAFT_LOG_LEVEL") is { Length: > 0 } level) hocon.AppendLine($"akka.loglevel = {LogLevel(level)}");
        return hocon.ToString();
    }

    private static string Preference(string preference) => preference is "neutral" or "prefer" or "avoid"
        ? preference
        : throw new StartupException(
            $"RAFT_LEADERSHIP_PREFERENCE is '{preference}'; it must be neutral, prefer or avoid.");

    private static string LogLevel(string level) => level.ToLowerInvariant() switch
    {
        "debug" => "DEBUG",
        "info" => "INFO",
        "warning" => "WARNING",
        "error" => "ERROR",
        _ => throw new StartupException($"RAFT_LOG_LEVEL is '{level}'; it must be debug, info, warning or error."),
    };

    private static string Quoted(string variable, string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '.' or ' ')
            ? value
            : throw new StartupException($"{variable} is '{value}'; it must be a duration such as 150ms or 1s.");

    private static T? Value<T>(Func<string, string?> read, string variable, Func<string, T> parse)
    {
        if (read(variable) is not { Length: > 0 } text) return default;
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new StartupException($"{variable}: {e.Message}", e);
        }
    }
}

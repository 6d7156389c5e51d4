using System.CommandLine;
using System.CommandLine.Parsing;

namespace Raft.Host.Commands;

/// <summary><c>--node</c>: the node to connect to.</summary>
internal static class NodeOption
{
    /// <summary>The variable that names the node if <c>--node</c> is not given.</summary>
    public const string Variable = "RAFT_NODE";

    private const string Standard = "http://localhost:8080";

    /// <summary>Creates the option for one node.</summary>
    public static Option<Uri> One() => new("--node")
    {
        Description = $"The node to connect to, as URL or HOST:PORT. Any node will do. Overrides {Variable}.",
        HelpName = "URL",
        DefaultValueFactory = result => Parse(Named, result)!,
        CustomParser = result => Parse(result.Tokens[0].Value, result),
    };

    /// <summary>Creates the option for one or more nodes: if one is unreachable, the command continues with the next.</summary>
    public static Option<Uri[]> Several() => new("--node")
    {
        Description = "The nodes to connect to, as URL or HOST:PORT. Repeat the option, or separate nodes with commas. If a "
            + $"node is unreachable, the command continues with the next. Overrides {Variable}.",
        HelpName = "URL",
        DefaultValueFactory = result => ParseList(Named, result),
        CustomParser = result => [.. result.Tokens.SelectMany(t => ParseList(t.Value, result))],
    };

    private static string Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } node ? node : Standard;

    private static Uri[] ParseList(string text, ArgumentResult result) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(t => Parse(t, result)).OfType<Uri>(),
    ];

    /// <summary>The variable may name several nodes for <c>raft watch</c>; the other commands use the first.</summary>
    private static Uri? Parse(string text, ArgumentResult result)
    {
        var first = text.Split(',')[0].Trim();
        var url = first.Contains("://", StringComparison.Ordinal) ? first : $"http://{first}";
        if (Uri.TryCreate(url, UriKind.Absolute, out var node) && node.Scheme is "http" or "https") return node;
        var source = result.Tokens.Count == 0 ? $"{Variable} is '{text}', which" : $"'{text}'";
        result.AddError($"{source} is not the URL of a node. Use a URL such as {Standard}.");
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Raft.Host.Commands;

/// <summary><c>--node</c>: which node to ask.</summary>
internal static class NodeOption
{
    /// <summary>The variable that names a node where <c>--node</c> does not.</summary>
    public const string Variable = "RAFT_NODE";

    private const string Standard = "http://localhost:8080";

    /// <summary>One node.</summary>
    public static Option<Uri> One() => new("--node")
    {
        Description = $"The node to ask, as URL or HOST:PORT. Any node will do, whichever leads. Default: {Variable}, else this.",
        HelpName = "URL",
        DefaultValueFactory = result => Parse(Named, result)!,
        CustomParser = result => Parse(result.Tokens[0].Value, result),
    };

    /// <summary>One node or several, to go on with another one when one is gone.</summary>
    public static Option<Uri[]> Several() => new("--node")
    {
        Description = $"The nodes to ask, as URL or HOST:PORT; give it several times, or several with commas between. "
            + $"Where one is gone the next one is asked. Default: {Variable}, else this.",
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

    /// <summary>A variable may name several nodes, for <c>raft watch</c>; the first is the one.</summary>
    private static Uri? Parse(string text, ArgumentResult result)
    {
        var first = text.Split(',')[0].Trim();
        var url = first.Contains("://", StringComparison.Ordinal) ? first : $"http://{first}";
        if (Uri.TryCreate(url, UriKind.Absolute, out var node) && node.Scheme is "http" or "https") return node;
        var source = result.Tokens.Count == 0 ? $"{Variable} is '{text}', and that" : $"'{text}'";
        result.AddError($"{source} is no node: write a URL, for example {Standard}.");
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Raft.Host.Hosting;
using Raft.Lighthouse.Hosting;

namespace Raft.Host.Commands;

/// <summary>
/// A command that talks to a running node. It has <c>--node</c> and <c>--json</c>, and ends with 1 and one line on
/// standard error where the request failed.
/// </summary>
internal sealed class ClientCommand : Command
{
    private const int Failed = 1;

    private readonly Option<Uri> _node = new("--node")
    {
        Description = "The node to ask, as URL or HOST:PORT. Any node will do, whichever leads.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://localhost:8080"),
        CustomParser = ParseNode,
    };

    private readonly Option<bool> _json = new("--json");

    /// <param name="name">The command's name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="json">What it prints with <c>--json</c>.</param>
    public ClientCommand(string name, string description, string json)
        : base(name, description)
    {
        _json.Description = $"For programs: prints {json}.";
        Options.Add(_node);
        Options.Add(_json);
    }

    /// <summary>Sets what the command does.</summary>
    public void Does(Func<ClientCall, CancellationToken, Task> action) => SetAction(async (parsed, cancellation) =>
    {
        using var api = new NodeApi(
            parsed.GetRequiredValue(_node), ApiEnvironment.Prefix(new Variables(Environment.GetEnvironmentVariable)));
        try
        {
            await action(new ClientCall(parsed, api, parsed.GetValue(_json)), cancellation).ConfigureAwait(false);
            return 0;
        }
        catch (CommandFailedException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"raft: {Terminal.Printable(e.Message)}")
                .ConfigureAwait(false);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Failed;
        }
    });

    private static Uri? ParseNode(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (Uri.TryCreate(url, UriKind.Absolute, out var node) && node.Scheme is "http" or "https") return node;
        result.AddError($"'{text}' is no node: write a URL, for example http://localhost:8080.");
        return null;
    }
}

/// <summary>One run of a <see cref="ClientCommand"/>.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Api">The node's API.</param>
/// <param name="IsJson">Whether to print for programs.</param>
internal sealed record ClientCall(ParseResult Parsed, NodeApi Api, bool IsJson)
{
    /// <summary>Standard output.</summary>
    public TextWriter Out => Parsed.InvocationConfiguration.Output;

    /// <summary>Standard error.</summary>
    public TextWriter Error => Parsed.InvocationConfiguration.Error;
}

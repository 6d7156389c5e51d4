using System.CommandLine;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Host.Rendering;
using Raft.Programs.Configuration;

namespace Raft.Host.Commands;

/// <summary>
/// A command that talks to a running node. It has <c>--node</c> and <c>--json</c>, and where the request failed it ends with one
/// line on standard error and an <see cref="ExitCode"/> that tells why.
/// </summary>
internal sealed class ClientCommand : Command
{
    private readonly Option<Uri> _node = NodeOption.One();

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

    /// <summary>Sets what the command does; where it does not throw, it is done.</summary>
    public void Does(Func<ClientCall, CancellationToken, Task> action) => Does(async (call, cancellationToken) =>
    {
        await action(call, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    });

    /// <summary>Sets what the command does, and what it ends with.</summary>
    public void Does(Func<ClientCall, CancellationToken, Task<int>> action) => SetAction(async (parsed, cancellationToken) =>
    {
        using var api = new NodeApi(
            parsed.GetRequiredValue(_node), ApiEnvironment.Prefix(new Variables(Environment.GetEnvironmentVariable)));
        try
        {
            return await action(new ClientCall(parsed, api, parsed.GetValue(_json)), cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException e)
        {
            Terminal.WriteLine(parsed.InvocationConfiguration.Error, $"raft: {Terminal.Printable(e.Message)}", Tone.Bad);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    });
}

/// <summary>One run of a <see cref="ClientCommand"/>.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Api">The node's API.</param>
/// <param name="IsJson">Whether to print for programs.</param>
internal sealed record ClientCall(ParseResult Parsed, NodeApi Api, bool IsJson)
{
    /// <summary>Standard output.</summary>
    public TextWriter Out => Parsed.InvocationConfiguration.Output;

    /// <summary>Asks the node and prints its answer: as it came for programs, or as a text for people.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="CommandFailedException">No good answer came.</exception>
    public async Task<T> ShowAsync<T>(string path, Action<TextWriter, T> write, CancellationToken cancellationToken)
    {
        var (answer, text) = await Api.GetAsync<T>(path, cancellationToken).ConfigureAwait(false);
        await PrintAsync(answer, text, write).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Prints an answer: as it came for programs, or as a text for people.</summary>
    public async Task PrintAsync<T>(T answer, string text, Action<TextWriter, T> write)
    {
        if (IsJson) await Out.WriteLineAsync(text).ConfigureAwait(false);
        else write(Out, answer);
    }

    /// <summary>Standard error.</summary>
    public TextWriter Error => Parsed.InvocationConfiguration.Error;
}

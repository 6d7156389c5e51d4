using System.CommandLine;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Host.Rendering;
using Raft.Programs.Configuration;

namespace Raft.Host.Commands;

/// <summary>
/// A command that talks to a running node. It has the options <c>--node</c> and <c>--json</c>. If the request fails, it prints
/// one line to standard error and returns an <see cref="ExitCode"/> that tells why.
/// </summary>
internal sealed class ClientCommand : Command
{
    private readonly Option<Uri> _node = NodeOption.One();

    private readonly Option<bool> _json = new("--json");

    /// <param name="name">The command's name.</param>
    /// <param name="description">The help text.</param>
    /// <param name="json">What <c>--json</c> prints, for the help text.</param>
    public ClientCommand(string name, string description, string json)
        : base(name, description)
    {
        _json.Description = $"Print {json} as JSON.";
        Options.Add(_node);
        Options.Add(_json);
    }

    /// <summary>Sets the action of the command. If it does not throw, the exit code is <see cref="ExitCode.Done"/>.</summary>
    public void Does(Func<ClientCall, CancellationToken, Task> action) => Does(async (call, cancellationToken) =>
    {
        await action(call, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    });

    /// <summary>Sets the action of the command, which returns the exit code.</summary>
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

/// <summary>One invocation of a <see cref="ClientCommand"/>.</summary>
/// <param name="Parsed">The parsed command line.</param>
/// <param name="Api">The API of the node.</param>
/// <param name="IsJson">Whether <c>--json</c> is given.</param>
internal sealed record ClientCall(ParseResult Parsed, NodeApi Api, bool IsJson)
{
    /// <summary>Standard output.</summary>
    public TextWriter Out => Parsed.InvocationConfiguration.Output;

    /// <summary>Sends a GET request and prints the response: unchanged with <c>--json</c>, otherwise as text.</summary>
    /// <returns>The parsed response.</returns>
    /// <exception cref="CommandFailedException">The request failed.</exception>
    public async Task<T> ShowAsync<T>(string path, Action<TextWriter, T> write, CancellationToken cancellationToken)
    {
        var (answer, text) = await Api.GetAsync<T>(path, cancellationToken).ConfigureAwait(false);
        await PrintAsync(answer, text, write).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Prints a response: unchanged with <c>--json</c>, otherwise as text.</summary>
    public async Task PrintAsync<T>(T answer, string text, Action<TextWriter, T> write)
    {
        if (IsJson) await Out.WriteLineAsync(text).ConfigureAwait(false);
        else write(Out, answer);
    }

    /// <summary>Standard error.</summary>
    public TextWriter Error => Parsed.InvocationConfiguration.Error;
}
